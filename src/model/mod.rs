//! Models as files, and their use.

mod builtin;
mod classifier;
mod file;
mod set;

pub use builtin::BUILTIN;
pub use classifier::{Classifier, Prediction};
pub use file::{ClassifierFile, FORMAT, Metrics, ModelError, ModelFile, Payload, Provenance, VERSION};
pub use set::{ModelSet, lexicon_fingerprint, tokenizer_fingerprint};
