//! What nouns and small words tell of who somebody is.

use super::cast::Gender;
use serde::Deserialize;
use std::sync::LazyLock;

/// What `nouns.toml` holds; its comments say what each list is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lists {
    pub(super) identified: Vec<String>,
    pub(super) generic: Vec<String>,
    pub(super) head_ends: Vec<String>,
    pub(super) particles: Vec<String>,
    pub(super) prefixes: Vec<String>,
    pub(super) glued: Vec<String>,
    female: Vec<String>,
    male: Vec<String>,
}

pub(super) static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(include_str!("nouns.toml")).expect("compiled in and tested"));

/// What a noun tells: "mother", "spokeswoman".
pub(super) fn kin_gender(form: &str) -> Gender {
    let lower = form.to_lowercase();
    let is = |noun: &String| {
        lower == *noun
            || (lower.len() > noun.len() && noun.len() > 5 && lower.ends_with(noun.as_str()))
    };
    if lower.ends_with("woman") || LISTS.female.iter().any(is) {
        Gender::Female
    } else if lower.ends_with("man") || LISTS.male.iter().any(is) {
        Gender::Male
    } else {
        Gender::Unknown
    }
}
