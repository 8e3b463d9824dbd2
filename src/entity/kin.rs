//! What nouns and small words tell of who somebody is.

use super::cast::Gender;
use serde::Deserialize;
use std::sync::LazyLock;

/// What `nouns.toml` holds; its comments say what each list is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lists {
    pub(crate) identified: Vec<String>,
    pub(crate) generic: Vec<String>,
    pub(crate) head_ends: Vec<String>,
    pub(crate) particles: Vec<String>,
    pub(crate) prefixes: Vec<String>,
    pub(crate) glued: Vec<String>,
    female: Vec<String>,
    male: Vec<String>,
}

/// The lists; like the families' lists, what models rest on.
pub(crate) const NOUNS: &str = include_str!("nouns.toml");

pub(crate) static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(NOUNS).expect("compiled in and tested"));

/// What a noun tells: "mother", "spokeswoman".
pub(crate) fn kin_gender(form: &str) -> Gender {
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
