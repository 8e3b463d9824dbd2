//! Pages that stand before the article: consent, payment, a check for robots.

use super::block::Blocks;

/// What stands in place of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wall {
    /// A notice about cookies or consent.
    Consent,
    /// A teaser and an offer to subscribe.
    Paywall,
    /// A request to turn on JavaScript, or a check for robots.
    Script,
}

/// What only consent notices say.
const CONSENT: &[&str] = &[
    "cookie",
    "your consent",
    "we and our partners",
    "your privacy",
    "privacy policy",
    "personal data",
    "legitimate interest",
    "manage your choices",
    "manage preferences",
    "accept all",
    "reject all",
    "store and/or access information",
    "gdpr",
];

/// What only offers to subscribe say.
const PAY: &[&str] = &[
    "to continue reading",
    "continue reading your article",
    "to read the full",
    "read the full story",
    "already a subscriber",
    "already a member",
    "subscribe to read",
    "subscribe to continue",
    "subscribers only",
    "subscriber-only",
    "for subscribers",
    "subscriber exclusive",
    "become a member to read",
    "log in to read",
    "sign in to read",
    "unlock this article",
    "unlock the full",
    "free articles left",
    "free article remaining",
    "this article is for",
    "start your free trial",
    "to read this article",
    "this content is reserved",
];

/// What only checks for robots say.
const SCRIPT: &[&str] = &[
    "enable javascript",
    "javascript is disabled",
    "turn on javascript",
    "are you a robot",
    "not a robot",
    "checking your browser",
    "verify you are human",
    "unusual traffic",
    "access denied",
];

/// Articles of more words are whole, whatever stands beside them.
const STUB: usize = 200;

/// The wall in front of an article, judged by the text that was found and by all that the page shows.
pub(super) fn wall(text: &str, blocks: &Blocks, paid: bool) -> Option<Wall> {
    let words = text.split_whitespace().count();
    let folded = text.to_lowercase();
    let said = |phrases: &[&str], text: &str| phrases.iter().filter(|p| text.contains(**p)).count();
    // A long article about cookies names them beside much else.
    let notices = said(CONSENT, &folded);
    if notices >= 3
        && words < 120 * notices
        && words < 800
        && folded.matches("cookie").count() + folded.matches("consent").count() > words / 80
    {
        return Some(Wall::Consent);
    }
    if words >= STUB {
        return None;
    }
    let all: String =
        blocks.list.iter().take(400).map(|b| blocks.text(b).to_lowercase() + "\n").collect();
    let offers = said(PAY, &all);
    if paid || offers >= 2 || (offers > 0 && breaks_off(text)) {
        return Some(Wall::Paywall);
    }
    if words < 60 && said(SCRIPT, &all) > 0 {
        return Some(Wall::Script);
    }
    (words < 40 && said(CONSENT, &all) >= 3).then_some(Wall::Consent)
}

fn breaks_off(text: &str) -> bool {
    let end = text.trim_end();
    end.ends_with('…') || end.ends_with("...")
}
