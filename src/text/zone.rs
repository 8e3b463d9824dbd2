//! What a line that is not running prose looks like: one struct literal a zone, each with its own examples.

use super::block::BlockKind;
use super::direction::is_direction;
use super::line::Line;
use super::phrases::{
    AGENCIES, Group, LINK_LABELS, NAVIGATION, PROVENANCE, SHARE, counts, signs_up,
};
use super::turn::DIRECTION;
use super::word::is_invisible;

/// A kind of line that is set aside, with the test that knows it and lines that it must and must not take.
pub struct Zone {
    /// The reason reported for skipping the line.
    pub reason: &'static str,
    /// What kind of block such a line makes.
    pub kind: BlockKind,
    /// True when the line under it belongs to it as well, as long as it reads like a headline.
    pub takes_following: bool,
    test: fn(&Facts<'_>) -> bool,
    /// Lines that belong here; run as tests.
    pub yes: &'static [&'static str],
    /// Lines that do not; run as tests.
    pub no: &'static [&'static str],
}

/// A line with what the tests ask of its words.
struct Facts<'a> {
    line: Line<'a>,
    /// In brackets of any kind from end to end.
    bracketed: bool,
    words: usize,
    folded: String,
    counts: [u8; Group::NUMBER],
}

impl Facts<'_> {
    fn begins(&self, starts: &[&str]) -> bool {
        // Most lines and phrases differ in their first letter.
        let first = self.folded.bytes().next();
        starts.iter().any(|s| s.bytes().next() == first && self.folded.starts_with(s))
    }

    /// How many different phrases of a group the line holds.
    fn count(&self, group: Group) -> u8 {
        self.counts[group as usize]
    }
}

/// Longer lines are prose without a look: set-aside lines are short, and the cost stays linear.
const LONGEST: usize = 600;

/// Zones that count phrases other than those of sign-up take no line of more words.
const FEW: usize = 60;

/// The zone that a line belongs to, if it is not prose.
pub(super) fn zone(line: Line<'_>) -> Option<&'static Zone> {
    if line.text.len() > LONGEST {
        return None;
    }
    let text = line.text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(line.text);
    let stripped = text.len() < line.text.len();
    let folded = folded(text);
    let line = Line::new(text);
    let words = line.words();
    // Of a long line only sign-up phrases are asked, and what goes with them.
    let counts =
        if words > FEW && !signs_up(&folded) { [0; Group::NUMBER] } else { counts(&folded) };
    let bracketed = stripped || line.in_brackets();
    let facts = Facts { line, bracketed, words, counts, folded };
    ZONES.iter().find(|zone| (zone.test)(&facts))
}

/// Lower case, with straight apostrophes.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        match c {
            '’' => out.push('\''),
            _ if is_invisible(c) => {}
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

fn is_credit(text: &str) -> bool {
    if text.is_empty() {
        return false;
    }
    let folded = text.to_lowercase();
    let named = AGENCIES
        .iter()
        .any(|a| folded.split(|c: char| !c.is_alphanumeric() && c != ' ').any(|w| w.trim() == *a));
    let photo = ["photo", "image", "picture", "file pic"].iter().any(|p| folded.contains(p))
        && (folded.len() < 40 || folded.starts_with("photo"));
    let slashed = text.contains(" / ")
        || (text.contains('/')
            && text.split('/').all(|p| p.trim().starts_with(char::is_uppercase)));
    text.split_whitespace().count() <= 12 && (slashed || photo || (named && folded.len() < 60))
}

/// "READ MORE:", "SIGHT:", "DON'T MISS:": a label in capitals before the colon.
fn capital_label(text: &str) -> Option<&str> {
    let (label, rest) = text.split_once(':')?;
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = letters >= 3
        && label.len() <= 28
        && label.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '\'' | '’' | '&' | '>'));
    shouted.then_some(rest)
}

/// "LONDON: The bank …": a place before the colon and a sentence behind it.
fn dateline(text: &str) -> bool {
    text.ends_with(['.', '”', '"'])
}

/// Every zone, in the order in which they are asked; the first that takes a line has it.
pub const ZONES: &[Zone] = &[
    Zone {
        reason: "navigation",
        kind: BlockKind::Boilerplate,
        takes_following: false,
        test: |l| {
            let crumbs = l.words <= 14
                && l.begins(&["home", "news", "start", "world", "main"])
                && !l.line.is_closed()
                && l.line.text.contains(['>', '›', '»', '|']);
            (l.begins(NAVIGATION) && l.words <= 8)
                || crumbs
                || matches!(l.folded.as_str(), "menu" | "home" | "search" | "close" | "sections")
        },
        yes: &["Skip to content", "Home > World > Europe", "Home » News » Politics", "Menu"],
        no: &[
            "Home to nine million people, the country lies to the west.",
            "Home owners face higher bills",
        ],
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
            (labelled && l.words <= 16)
                || (l.line.in_brackets() && l.words <= 6 && is_credit(l.line.last_bracket()))
                || (l.words <= 6 && l.line.text.contains('/') && is_credit(l.line.text))
        },
        yes: &[
            "Photo: Ana Brandt/Norwire",
            "(Photo by Ilya Renn / Meridian)",
            "Image credit: Town Hall",
            "[Photo: Lena Ost/Norwire]",
        ],
        no: &[
            "Photos of the damage spread quickly on Tuesday, and the ministry did not deny them.",
            "(He did not say when.)",
        ],
    },
    Zone {
        reason: "caption",
        kind: BlockKind::Caption,
        takes_following: false,
        test: |l| {
            let pictured = l.count(Group::Pictured) > 0;
            let labelled = l.begins(&[
                "caption:",
                "pictured:",
                "image caption",
                "photo caption",
                "above:",
                "below:",
                "file:",
                "in this photo",
                "in this file",
            ]);
            let shown = l.line.in_brackets() && l.count(Group::Photo) > 0;
            // "The union said it would strike. (Reuters)": a report, whose agency stands behind it.
            let bracket = l.line.last_bracket();
            let reported =
                l.count(Group::Report) > 0 && AGENCIES.contains(&bracket.to_lowercase().as_str());
            l.words <= FEW
                && ((pictured && !l.line.quotes())
                    || labelled
                    || shown
                    || (is_credit(bracket) && !reported))
        },
        yes: &[
            "(A Ministry photo shows troops at the border crossing.)",
            "The harbour after the storm. (Photo: Mira Holt / Norwire)",
            "Prime Minister Ana Dorn (left) greets the ambassador on Monday.",
            "The bridge in June. File photo",
        ],
        no: &[
            "The minister left (right before the vote) without a word.",
            "Prosecutors showed the court a picture of the contract on Friday.",
            "The union said it would strike. (Reuters)",
        ],
    },
    Zone {
        reason: "related-link",
        kind: BlockKind::Boilerplate,
        takes_following: true,
        test: |l| {
            let known = l.begins(LINK_LABELS) && l.words <= 30 && !l.line.text.ends_with('.');
            let label = || {
                capital_label(l.line.text)
                    .is_some_and(|rest| !rest.trim_end().ends_with(['.', '”', '"']))
            };
            let shouted = l.words <= 30 && !dateline(l.line.text) && label();
            let arrow = l.words <= 20
                && l.line.text.starts_with(['→', '►', '▶', '➤', '»'])
                && !l.line.is_closed();
            known || shouted || arrow
        },
        yes: &[
            "READ MORE: Minister urged to go over ferry plan",
            "SIGHT: Navy announces exercises in spring",
            "DON’T MISS:",
            "Related: How the dam was built",
            "► Storm: what we know",
        ],
        no: &[
            "LONDON: The bank raised its rate on Tuesday.",
            "He had three aims: peace, bread and land.",
            "The question is this: who pays?",
        ],
    },
    Zone {
        reason: "promotion",
        kind: BlockKind::Boilerplate,
        takes_following: false,
        test: |l| {
            let cues = l.count(Group::SignUp);
            let addressed = l.count(Group::Address) > 0;
            let reported = l.count(Group::Report) > 0;
            let called = || {
                (l.count(Group::Call) > 0 || l.begins(&["sign up", "subscribe"])) && l.words <= 40
            };
            cues >= 1 && !reported && ((cues >= 2 && addressed) || called()) && !l.line.quotes()
        },
        yes: &[
            "Sign up to our newsletter for the day's main stories.",
            "Sign up and we send you our letter each week. Unsubscribe whenever you like.",
        ],
        no: &[
            "The company said it would ask for consent before it set cookies.",
            "Fewer readers subscribe to a newspaper than ten years ago.",
        ],
    },
    Zone {
        reason: DIRECTION,
        kind: BlockKind::Boilerplate,
        takes_following: false,
        test: |l| l.bracketed && is_direction(&l.folded),
        yes: &["(Applause)", "[crosstalk]", "(BEGIN VIDEO CLIP)", "(Laughter and applause.)"],
        no: &["(Norwire)", "Applause met the crew when it came home.", "(And yet it moves.)"],
    },
    Zone {
        reason: "provenance",
        kind: BlockKind::Boilerplate,
        takes_following: false,
        test: |l| {
            let bracketed = l.line.in_brackets()
                && l.words <= 5
                && l.line.text[1..].starts_with(|c: char| c.is_uppercase() || c.is_numeric())
                && !l.line.text.contains('.');
            (l.begins(PROVENANCE) && l.words <= 30 && !l.line.quotes())
                || bracketed
                || (l.words <= 30 && l.count(Group::Permission) > 0)
        },
        yes: &[
            "(Norwire)",
            "Source: Norwire",
            "This piece ran in The Courier and stands here with permission.",
        ],
        no: &[
            "(And yet it moves.)",
            "Sources close to the minister said no decision had been made.",
        ],
    },
    Zone {
        reason: "share",
        kind: BlockKind::Boilerplate,
        takes_following: true,
        test: |l| {
            let image = l.words <= 6
                && [".jpg", ".jpeg", ".png", ".webp"].iter().any(|e| l.folded.ends_with(e));
            (l.begins(SHARE) && l.words <= 25 && !l.line.quotes_speech())
                || image
                || (l.words <= 30 && l.count(Group::Footer) > 0)
        },
        yes: &[
            "Share this article:",
            "Spread the love",
            "Follow us on our channels",
            "To see more just click: Join group",
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
            let by = l.begins(&["by "])
                && l.words <= 12
                && !l.line.is_closed()
                && l.line.text[3..].starts_with(char::is_uppercase);
            let stamp = l.begins(&[
                "published",
                "updated",
                "last updated",
                "last modified",
                "posted on",
                "posted by",
                "posted:",
            ]) && l.words <= 14
                && !l.line.text.ends_with('.');
            by || stamp
        },
        yes: &[
            "By Ilse Maren",
            "By Ilse Maren and Tom Achterberg",
            "Published 12 March 2025, 14:02",
        ],
        no: &["By Tuesday the water had gone.", "Published figures show a fall."],
    },
    Zone {
        reason: "time-stamp",
        kind: BlockKind::Boilerplate,
        takes_following: false,
        test: |l| {
            l.words <= 6
                && !l.line.is_closed()
                && l.line.text.chars().any(|c| c.is_ascii_digit())
                && l.line.text.chars().all(|c| c.is_ascii_digit() || " :./-,|".contains(c))
        },
        yes: &["12.03.2025 | 14:02", "14:05"],
        no: &["1.2 to 3.5 metres", "2004."],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_takes_its_examples_and_leaves_the_others() {
        for known in ZONES {
            for yes in known.yes {
                let found = zone(Line::new(yes)).map(|z| z.reason);
                assert_eq!(found, Some(known.reason), "{yes}");
            }
            for no in known.no {
                let found = zone(Line::new(no)).map(|z| z.reason);
                assert_ne!(found, Some(known.reason), "{no}");
            }
        }
    }
}
