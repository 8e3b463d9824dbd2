//! Phrases that lines of page furniture begin with or hold, in lower case.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

pub(super) const AGENCIES: &[&str] =
    &["afp", "reuters", "getty", "epa", "associated press", "ap photo", "shutterstock", "handout"];

pub(super) const LINK_LABELS: &[&str] = &[
    "read more:",
    "read also:",
    "also read:",
    "read next:",
    "see also:",
    "see more:",
    "see:",
    "also:",
    "related:",
    "related article",
    "related stories",
    "more on this",
    "watch:",
    "watch now:",
    "listen:",
    "in pictures:",
    "more:",
    "more from",
    "recommended",
    "don't miss",
    "you may also like",
    "you might also like",
    "what to read next",
    "also in the news",
    "further reading",
    "explore more",
];

pub(super) const SHARE: &[&str] = &[
    "share this",
    "share on",
    "share via",
    "share:",
    "spread the love",
    "spread the word",
    "follow us",
    "follow our",
    "like us on",
    "join our",
    "join group",
    "join the group",
    "to join the group",
    "similar posts",
    "most popular",
    "most read",
    "most viewed",
    "trending now",
    "popular now",
    "tags:",
    "tagged:",
    "filed under",
    "comments",
    "leave a comment",
    "leave a reply",
    "post a comment",
    "add a comment",
    "print this",
    "email this",
    "advertisement",
    "all rights reserved",
    "copyright",
    "©",
    "click here to",
    "tweet",
    "related posts",
    "related articles",
    "you may like",
    "previous article",
    "next article",
    "previous post",
    "next post",
    "back to top",
    "load more",
    "show more",
    "join the conversation",
    "join the discussion",
    "latest news",
    "editor's picks",
    "in this section",
    "more stories",
    "top stories",
    "view comments",
    "send us a tip",
    "got a story",
    "tell us what you think",
    "have your say",
    "join us on",
    "find us on",
    "tell your friends",
];

pub(super) const PROVENANCE: &[&str] = &[
    "source:",
    "sources:",
    "information source",
    "via:",
    "originally published",
    "this article first appeared",
    "this article originally appeared",
    "this article appeared",
    "this article was first",
    "this article was originally",
    "this story first appeared",
    "this story was first",
    "this story originally",
    "this story was originally",
    "this report first appeared",
    "this text first appeared",
    "first published",
    "reprinted",
    "republished",
    "with agency",
    "with agencies",
    "with reporting by",
    "additional reporting by",
    "reporting by",
    "read more at:",
    "translated from",
    "this translation",
    "agencies",
    "material from",
    "based on materials",
    "according to materials",
    "original article",
    "courtesy of",
];

pub(super) const NAVIGATION: &[&str] = &[
    "skip to",
    "toggle navigation",
    "toggle menu",
    "main menu",
    "home page",
    "open menu",
    "jump to content",
    "you are here",
    "back to home",
];

/// Phrases that are counted wherever they stand in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Sign-up, cookies, subscription.
    SignUp,
    /// The reader is spoken to.
    Address,
    /// The reader is told to do something.
    Call,
    /// Somebody is quoted: prose after all.
    Report,
    /// A picture is spoken of.
    Photo,
    /// Somebody stands left or right in a picture.
    Pictured,
    /// Taken from elsewhere.
    Permission,
    /// Footer buttons.
    Footer,
}

impl Group {
    /// Number of groups.
    pub(super) const NUMBER: usize = 8;
}

const GROUPS: [(Group, &[&str]); Group::NUMBER] = [
    (
        Group::SignUp,
        &[
            "sign up",
            "sign-up",
            "subscribe",
            "subscription",
            "newsletter",
            "unsubscribe",
            "cookie",
            "your inbox",
            "privacy policy",
            "privacy notice",
            "your consent",
            "you've consented",
            "adverts from us",
            "your preferences",
            "our app",
            "personalised",
            "personalized",
            "terms of use",
            "terms and conditions",
            "log in",
            "create an account",
            "free trial",
            "your browser",
            "ad-free",
            "advertising partners",
            "accept all",
            "manage settings",
            "become a member",
            "support our journalism",
            "register for free",
            "our partners",
            "data protection",
            "third parties",
            "3rd parties",
            "breaking news alerts",
            "push notifications",
            "your email",
            "e-mail address",
            "email address",
            "we use your",
            "opt out",
            "your data",
        ],
    ),
    (Group::Address, &["you", "our ", " us", "we ", "click", "now", "get the"]),
    (Group::Call, &["your ", " our ", "click"]),
    (Group::Report, &[" said", "according to"]),
    (Group::Photo, &["photo", "picture", "image", "pictured"]),
    (
        Group::Pictured,
        &[
            "(left)",
            "(right)",
            "(l)",
            "(r)",
            "(centre)",
            "(center)",
            "file photo",
            "file picture",
            "file image",
            "pictured here",
            "pictured left",
            "pictured right",
            "archive photo",
            "archive picture",
            "photo shows",
            "picture shows",
            "image shows",
            "stock image",
            "undated photo",
            "handout photo",
            "screengrab",
            "seen in this",
        ],
    ),
    (
        Group::Permission,
        &[
            "with permission",
            "republished from",
            "republished under",
            "republished with",
            "first appeared in",
            "first appeared on",
            "originally appeared",
        ],
    ),
    (Group::Footer, &["just click", "join group", "follow us on", "all rights reserved"]),
];

/// All grouped phrases as one automaton, with the group of each pattern. `None` cannot come about with phrases this few.
static AUTOMATON: LazyLock<Option<(AhoCorasick, Vec<Group>)>> = LazyLock::new(|| {
    let phrases: Vec<(Group, &str)> = GROUPS
        .iter()
        .flat_map(|(group, list)| list.iter().map(|phrase| (*group, *phrase)))
        .collect();
    let automaton = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .build(phrases.iter().map(|(_, phrase)| phrase))
        .ok()?;
    Some((automaton, phrases.into_iter().map(|(group, _)| group).collect()))
});

/// The phrases of [`Group::SignUp`] alone: few enough to be sought many bytes at a time.
static SIGN_UP: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .build(GROUPS[Group::SignUp as usize].1)
        .ok()
});

/// True when a folded line holds any phrase of [`Group::SignUp`].
pub(super) fn signs_up(folded: &str) -> bool {
    SIGN_UP.as_ref().is_none_or(|automaton| automaton.is_match(folded))
}

/// How many different phrases of each group a folded line holds, in one pass.
pub(super) fn counts(folded: &str) -> [u8; Group::NUMBER] {
    let mut out = [0_u8; Group::NUMBER];
    let Some((automaton, groups)) = AUTOMATON.as_ref() else { return out };
    // A bit for each phrase; there are fewer than 128, as a test says.
    let mut seen = 0_u128;
    for found in automaton.find_overlapping_iter(folded) {
        let pattern = found.pattern().as_usize();
        let bit = 1_u128 << (pattern % 128);
        if seen & bit == 0 {
            seen |= bit;
            out[groups[pattern] as usize] = out[groups[pattern] as usize].saturating_add(1);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_has_a_bit() {
        assert!(GROUPS.iter().map(|(_, phrases)| phrases.len()).sum::<usize>() <= 128);
    }
}
