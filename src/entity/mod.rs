//! Names and references, read once for an article: what each word may be in a name (`words`), who and what is named ([`Names`], and
//! with the sources in view `cast`), which tokens stand inside names ([`Covered`]), whom a pronoun or "the minister" stands for
//! (`thread`), and the states ([`state_code`]).

pub(crate) mod cast;
mod covered;
pub(crate) mod evidence;
pub(crate) mod holder;
mod joiner;
pub(crate) mod kin;
mod mentions;
pub(crate) mod names;
pub(crate) mod person;
mod phrase;
pub(crate) mod pronoun;
mod run;
pub(crate) mod spelling;
mod state;
pub(crate) mod thread;
pub(crate) mod words;

pub use covered::{Covered, covered};
pub(crate) use kin::NOUNS;
pub use mentions::{Entity, How, Named, Names, request_words};
pub use state::state_code;
pub(crate) use words::LIST as SOURCES;
