//! Cases that stand beside a family's code, for its tests.

use crate::lexicon::Lexicon;
use crate::text::Document;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The `[[case]]` tables of a file of cases, in order.
pub(super) fn read<T: DeserializeOwned>(toml: &str) -> Vec<T> {
    #[derive(Deserialize)]
    struct File<T> {
        case: Vec<T>,
    }
    toml::from_str::<File<T>>(toml).unwrap().case
}

/// Panics unless every entry of a lexicon fires on its `yes` and on none of its `no` sentences.
pub(crate) fn examples_hold(lexicon: &Lexicon) {
    for (index, entry) in lexicon.entries.iter().enumerate() {
        let fires = |text: &str| {
            let document = Document::new(text);
            lexicon.find(&document, 0..document.tokens.len()).iter().any(|h| h.entry == index)
        };
        let name = entry.name();
        assert!(entry.yes.iter().all(|t| fires(t)), "{name} of {} misses an example", entry.class);
        assert!(!entry.no.iter().any(|t| fires(t)), "{name} of {} fires on another", entry.class);
    }
}
