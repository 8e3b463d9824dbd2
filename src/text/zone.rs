//! What a line that is not running prose looks like: one struct literal a zone, each with its own examples.

use super::block::BlockKind;
use super::phrases::{AGENCIES, LINK_LABELS, NAVIGATION, PROVENANCE, SHARE, SIGN_UP};

/// A kind of line that is set aside, with the test that knows it and lines that it must and must not take.
pub struct Zone {
    /// The reason reported for skipping the line.
    pub reason: &'static str,
    /// What kind of block such a line makes.
    pub kind: BlockKind,
    /// True when the line under it belongs to it as well, as long as it reads like a headline.
    pub takes_following: bool,
    test: fn(&Line<'_>) -> bool,
    /// Lines that belong here; run as tests.
    pub yes: &'static [&'static str],
    /// Lines that do not; run as tests.
    pub no: &'static [&'static str],
}

/// A trimmed line and what the tests ask of it.
pub(crate) struct Line<'a> {
    text: &'a str,
    folded: String,
}

/// Longer lines are prose without a look: set-aside lines are short, and the cost stays linear.
const LONGEST: usize = 600;

impl<'a> Line<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let folded = if text.len() <= LONGEST { text.to_lowercase().replace('’', "'") } else { String::new() };
        Line { text, folded }
    }

    fn begins(&self, starts: &[&str]) -> bool {
        starts.iter().any(|s| self.folded.starts_with(s))
    }

    fn holds(&self, parts: &[&str]) -> usize {
        parts.iter().filter(|p| self.folded.contains(**p)).count()
    }

    fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }

    /// Ends as a sentence does, closing marks aside.
    pub(crate) fn is_closed(&self) -> bool {
        let bare = self.text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', ' ']);
        let stop = bare.ends_with(['.', '!', '?', '…', ':', ';']);
        let marked = bare.len() < self.text.len() && bare.ends_with([',', '-', '–', '—']);
        stop || marked
    }

    fn quotes(&self) -> bool {
        self.text.contains(['"', '“', '”', '«', '»'])
    }

    /// In brackets from end to end.
    fn in_brackets(&self) -> bool {
        let bare = self.text.trim_end_matches('.');
        bare.starts_with('(') && bare.ends_with(')') && !bare[1..bare.len() - 1].contains(')')
    }

    /// What a last bracket holds, as photo credits stand there.
    fn last_bracket(&self) -> &str {
        let bare = self.text.trim_end_matches(['.', ' ']);
        match (bare.ends_with(')'), bare.rfind('(')) {
            (true, Some(open)) => &bare[open + 1..bare.len() - 1],
            _ => "",
        }
    }
}

fn is_credit(text: &str) -> bool {
    let folded = text.to_lowercase();
    let named = AGENCIES.iter().any(|a| folded.split(|c: char| !c.is_alphanumeric() && c != ' ').any(|w| w.trim() == *a));
    let photo = ["photo", "image", "picture", "file pic"].iter().any(|p| folded.contains(p)) && (folded.len() < 40 || folded.starts_with("photo"));
    let slashed = text.contains(" / ") || (text.contains('/') && text.split('/').all(|p| p.trim().starts_with(char::is_uppercase)));
    text.split_whitespace().count() <= 12 && (slashed || photo || (named && folded.len() < 60))
}

/// "READ MORE:", "SIGHT:", "DON'T MISS:": a label in capitals before the colon.
fn capital_label(text: &str) -> Option<&str> {
    let (label, rest) = text.split_once(':')?;
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = letters >= 3 && label.len() <= 28 && label.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '\'' | '’' | '&' | '>'));
    shouted.then_some(rest)
}

/// Every zone, in the order in which they are asked; the first that takes a line has it.
pub const ZONES: &[Zone] = &[
    Zone {
        reason: "navigation",
        kind: BlockKind::Boilerplate,
        takes_following: false,
        test: |l| {
            let crumbs = l.text.matches(['>', '›', '»', '|']).count() >= 1
                && !l.is_closed()
                && l.begins(&["home", "news", "start", "world", "main"])
                && l.words() <= 14;
            (l.begins(NAVIGATION) && l.words() <= 8) || crumbs || matches!(l.folded.as_str(), "menu" | "home" | "search" | "close" | "sections")
        },
        yes: &["Skip to content", "Home > World > Europe", "Home » News » Politics", "Menu"],
        no: &["Home to nine million people, the country lies to the west.", "Home owners face higher bills"],
    },
    Zone {
        reason: "photo-credit",
        kind: BlockKind::Caption,
        takes_following: false,
        test: |l| {
            let labelled = l.begins(&[
                "photo:",
                "photo by",
                "photograph:",
                "photos:",
                "image:",
                "picture:",
                "pictures:",
                "credit:",
                "image credit",
                "photo credit",
                "photo credits",
                "pic:",
                "photograph by",
                "picture by",
                "image source",
            ]);
            (labelled && l.words() <= 16)
                || (l.in_brackets() && l.words() <= 6 && is_credit(l.last_bracket()))
                || (l.words() <= 6 && l.text.contains('/') && is_credit(l.text))
        },
        yes: &["Photo: Ana Brandt/Norwire", "(Photo by Ilya Renn / Meridian)", "Image credit: Town Hall", "[Photo: Lena Ost/Norwire]"],
        no: &["Photos of the damage spread quickly on Tuesday, and the ministry did not deny them.", "(He did not say when.)"],
    },
    Zone {
        reason: "caption",
        kind: BlockKind::Caption,
        takes_following: false,
        test: |l| {
            let pictured = l.holds(&[
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
            ]) > 0;
            let labelled =
                l.begins(&["caption:", "pictured:", "image caption", "photo caption", "above:", "below:", "file:", "in this photo", "in this file"]);
            let shown = l.in_brackets() && l.holds(&["photo", "picture", "image", "pictured"]) > 0;
            l.words() <= 60 && ((pictured && !l.quotes()) || labelled || shown || is_credit(l.last_bracket()))
        },
        yes: &[
            "(A Ministry photo shows troops at the border crossing.)",
            "The harbour after the storm. (Photo: Mira Holt / Norwire)",
            "Prime Minister Ana Dorn (left) greets the ambassador on Monday.",
            "The bridge in June. File photo",
        ],
        no: &["The minister left (right before the vote) without a word.", "Prosecutors showed the court a picture of the contract on Friday."],
    },
    Zone {
        reason: "related-link",
        kind: BlockKind::Boilerplate,
        takes_following: true,
        test: |l| {
            let known = l.begins(LINK_LABELS) && l.words() <= 30 && !l.text.ends_with('.');
            let shouted =
                capital_label(l.text).is_some_and(|rest| !rest.trim_end().ends_with(['.', '”', '"'])) && l.words() <= 30 && !dateline(l.text);
            let arrow = l.text.starts_with(['→', '►', '▶', '➤', '»']) && !l.is_closed() && l.words() <= 20;
            known || shouted || arrow
        },
        yes: &[
            "READ MORE: Minister urged to go over ferry plan",
            "SIGHT: Navy announces exercises in spring",
            "DON’T MISS:",
            "Related: How the dam was built",
            "► Storm: what we know",
        ],
        no: &["LONDON: The bank raised its rate on Tuesday.", "He had three aims: peace, bread and land.", "The question is this: who pays?"],
    },
    Zone {
        reason: "promotion",
        kind: BlockKind::Boilerplate,
        takes_following: false,
        test: |l| {
            let cues = l.holds(SIGN_UP);
            let addressed = l.holds(&["you", "our ", " us", "we ", "click", "now", "get the"]) > 0;
            let reported = l.holds(&[" said", "according to"]) > 0;
            !l.folded.is_empty()
                && !l.quotes()
                && !reported
                && ((cues >= 2 && addressed)
                    || (cues >= 1 && (l.holds(&["your ", " our ", "click"]) > 0 || l.begins(&["sign up", "subscribe"])) && l.words() <= 40))
        },
        yes: &[
            "Sign up to our newsletter for the day's main stories.",
            "We use your sign-up to provide content in ways you’ve consented to. You can unsubscribe at any time.",
        ],
        no: &["The company said it would ask for consent before it set cookies.", "Fewer readers subscribe to a newspaper than ten years ago."],
    },
    Zone {
        reason: "provenance",
        kind: BlockKind::Boilerplate,
        takes_following: false,
        test: |l| {
            let bracketed =
                l.in_brackets() && l.words() <= 5 && l.text[1..].starts_with(|c: char| c.is_uppercase() || c.is_numeric()) && !l.text.contains('.');
            (l.begins(PROVENANCE) && l.words() <= 30 && !l.quotes())
                || bracketed
                || (l.words() <= 30
                    && l.holds(&[
                        "with permission",
                        "republished from",
                        "republished under",
                        "republished with",
                        "first appeared in",
                        "first appeared on",
                        "originally appeared",
                    ]) > 0)
        },
        yes: &["(Norwire)", "Source: Norwire", "This article appeared in The Courier and has been published here with permission."],
        no: &["(And yet it moves.)", "Sources close to the minister said no decision had been made."],
    },
    Zone {
        reason: "share",
        kind: BlockKind::Boilerplate,
        takes_following: true,
        test: |l| {
            let image = l.words() <= 6 && [".jpg", ".jpeg", ".png", ".webp"].iter().any(|e| l.folded.ends_with(e));
            (l.begins(SHARE) && l.words() <= 25 && !l.quotes_speech())
                || image
                || (l.words() <= 30 && l.holds(&["just click", "join group", "follow us on", "all rights reserved"]) > 0)
        },
        yes: &[
            "Share this article:",
            "Spread the love",
            "Follow us on our channels",
            "To join the group just click: Join Group",
            "harbour news.jpg",
            "Most popular",
        ],
        no: &[
            "Share prices fell by a tenth on Monday after the company cut its forecast for the year and its chairman left.",
            "Comments by the minister on Monday angered the union.",
        ],
    },
    Zone {
        reason: "byline",
        kind: BlockKind::Boilerplate,
        takes_following: false,
        test: |l| {
            let by = l.begins(&["by "]) && l.words() <= 12 && !l.is_closed() && l.text[3..].starts_with(char::is_uppercase);
            let stamp = l.begins(&["published", "updated", "last updated", "last modified", "posted on", "posted by", "posted:"])
                && l.words() <= 14
                && !l.text.ends_with('.');
            by || stamp
        },
        yes: &["By Ilse Maren", "By Ilse Maren and Tom Achterberg", "Published 12 March 2025, 14:02"],
        no: &["By Tuesday the water had gone.", "Published figures show a fall."],
    },
    Zone {
        reason: "time-stamp",
        kind: BlockKind::Boilerplate,
        takes_following: false,
        test: |l| {
            l.words() <= 6
                && !l.is_closed()
                && l.text.chars().any(|c| c.is_ascii_digit())
                && l.text.chars().all(|c| c.is_ascii_digit() || " :./-,|".contains(c))
        },
        yes: &["12.03.2025 | 14:02", "14:05"],
        no: &["1.2 to 3.5 metres", "2004."],
    },
];

impl Line<'_> {
    /// Long enough quotation or a sentence end: not a button.
    fn quotes_speech(&self) -> bool {
        self.words() > 8 && self.text.ends_with('.')
    }

    pub(crate) fn zone(&self) -> Option<&'static Zone> {
        if self.folded.is_empty() {
            return None;
        }
        let bare = self.text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
        if let Some(inner) = bare {
            return ZONES.iter().find(|zone| (zone.test)(&Line::new(inner)));
        }
        ZONES.iter().find(|zone| (zone.test)(self))
    }

    /// "LIVE: border closed": as the first line of a text it is the headline, not a link.
    pub(crate) fn has_label_and_text(&self) -> bool {
        self.text.split_once(':').is_some_and(|(_, rest)| rest.split_whitespace().count() >= 3)
    }

    /// Reads like a headline: short, not ended as a sentence, opened by a capital, a digit or a mark.
    pub(crate) fn is_headline(&self) -> bool {
        let opened = self.text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || "\"“‘'«[".contains(c));
        let question = self.text.ends_with(['?', '!']) && self.words() <= 14;
        opened && self.words() <= 18 && (!self.is_closed() || question) && !self.text.ends_with(',')
    }
}

/// "LONDON: The bank …": a place before the colon and a sentence behind it.
fn dateline(text: &str) -> bool {
    text.ends_with(['.', '”', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_takes_its_examples_and_leaves_the_others() {
        for zone in ZONES {
            for yes in zone.yes {
                let found = Line::new(yes).zone().map(|z| z.reason);
                assert_eq!(found, Some(zone.reason), "{yes}");
            }
            for no in zone.no {
                let found = Line::new(no).zone().map(|z| z.reason);
                assert_ne!(found, Some(zone.reason), "{no}");
            }
        }
    }
}
