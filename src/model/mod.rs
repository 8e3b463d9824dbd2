//! Models as files, and their use.

mod builtin;
mod card;
mod classifier;
mod file;
mod set;
mod stale;
pub(crate) mod words;

pub use builtin::BUILTIN;
pub use card::card;
pub use classifier::{Classifier, Part, Prediction, Seen, Unlike, softmax};
pub(crate) use classifier::{WIDEST, distance, root};
pub use file::{
    ClassifierFile, FORMAT, Metrics, ModelError, ModelFile, Payload, Provenance, VERSION, replace,
};
pub use set::{ModelSet, lexicon_fingerprint, tokenizer_fingerprint};
pub use stale::stale;
pub use words::{WordPart, WordsFile};
