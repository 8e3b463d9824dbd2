//! The sources as they speak over the whole article.

use crate::entity::state_code;
use crate::mark::{Attribution, SourceClass, Speaker};
use crate::text::Document;
use std::collections::BTreeMap;

/// One entry for each name, most words first, then by name.
pub(crate) fn collect(document: &Document<'_>, attributions: &[Attribution]) -> Vec<Speaker> {
    let mut by_name: BTreeMap<String, Speaker> = BTreeMap::new();
    for (attribution, name) in
        attributions.iter().flat_map(|a| a.speakers.iter().map(move |n| (a, n)))
    {
        let words: usize = attribution.content.iter().map(|s| document.words_within(*s)).sum();
        let speaker = by_name.entry(key(name)).or_insert_with(|| Speaker {
            name: name.clone(),
            code: state_code(name).filter(|_| may_be_state(attribution.source_class)),
            class: attribution.source_class,
            role: attribution.role.clone(),
            attributions: 0,
            words: 0,
        });
        speaker.role = speaker.role.take().or_else(|| attribution.role.clone());
        speaker.attributions += 1;
        speaker.words += words;
    }
    let mut out: Vec<Speaker> = by_name.into_values().collect();
    out.sort_by(|a, b| b.words.cmp(&a.words).then_with(|| a.name.cmp(&b.name)));
    out
}

/// A person called India is no state.
fn may_be_state(class: SourceClass) -> bool {
    !matches!(class, SourceClass::Person | SourceClass::Anonymous)
}

/// Names that differ in case or in an article before them are one.
fn key(name: &str) -> String {
    let lower = name.to_lowercase();
    ["the ", "a ", "an "]
        .iter()
        .find_map(|a| lower.strip_prefix(a))
        .map_or(lower.clone(), str::to_owned)
}
