//! From a string to a [`Document`]: blocks, sentences and tokens as byte spans into the unchanged text.

mod block;
mod document;
mod language;
mod line;
mod phrases;
mod sentence;
mod span;
mod token;
mod word;
mod zone;

pub use block::{Block, BlockKind};
pub use document::Document;
pub use language::{LANGUAGE_BYTES, Language};
pub use sentence::Sentence;
pub use span::Span;
pub use token::{Case, Kind, Token, tokenize};
pub use word::{Word, mix};
pub use zone::{ZONES, Zone};
