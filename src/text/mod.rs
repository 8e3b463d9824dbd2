//! From a string to a [`Document`]: blocks, sentences and tokens as byte spans into the unchanged text.

mod block;
mod capitals;
mod direction;
mod document;
mod form;
mod label;
mod language;
mod line;
mod note;
mod offset;
mod passage;
mod phrases;
mod row;
mod script;
mod sentence;
mod signature;
mod span;
mod token;
mod turn;
mod word;
mod written_name;
mod zone;

pub use block::{Block, BlockKind};
pub use document::Document;
pub use form::Form;
pub use language::{LANGUAGE_BYTES, Language, other_language};
pub use offset::{OffsetUnit, Ruler};
pub use passage::Passage;
pub use sentence::Sentence;
pub(crate) use signature::name_in;
pub use span::Span;
pub use token::{Case, Kind, Token, tokenize};
pub use word::{Word, mix, visible};
pub use zone::{ZONES, Zone};
