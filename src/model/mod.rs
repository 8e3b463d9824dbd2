//! Models as files, and their use.

mod builtin;
mod card;
mod classifier;
mod file;
mod set;
mod stale;
mod value;

pub use builtin::BUILTIN;
pub use card::card;
pub use classifier::{Classifier, FitError, Fitted, Prediction, softmax};
pub use file::{
    ClassifierFile, FORMAT, Metrics, ModelError, ModelFile, Payload, Provenance, VERSION, replace,
};
pub use set::{ModelSet, lexicon_fingerprint, tokenizer_fingerprint};
pub use stale::stale;
pub use value::{Unlike, ValueFile, ValueHead};
pub(crate) use value::{WIDEST, root};
