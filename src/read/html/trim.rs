//! Lines within the article's element that are not its text.

use super::block::{Block, Blocks};
use super::reason::Reason;
use super::tag::Tag;
use super::tree::Tree;
use std::ops::Range;

/// How lines begin that lead elsewhere or ask for something, and the reason they give. Lower case.
const STARTS: &[(&str, Reason)] = &[
    ("read more", Reason::RelatedLinks),
    ("read also", Reason::RelatedLinks),
    ("read next", Reason::RelatedLinks),
    ("also read", Reason::RelatedLinks),
    ("see also", Reason::RelatedLinks),
    ("related:", Reason::RelatedLinks),
    ("related stor", Reason::RelatedLinks),
    ("related article", Reason::RelatedLinks),
    ("related content", Reason::RelatedLinks),
    ("related news", Reason::RelatedLinks),
    ("related link", Reason::RelatedLinks),
    ("related post", Reason::RelatedLinks),
    ("related topic", Reason::RelatedLinks),
    ("recommended:", Reason::RelatedLinks),
    ("recommended for you", Reason::RelatedLinks),
    ("more from", Reason::RelatedLinks),
    ("more great", Reason::RelatedLinks),
    ("more on this", Reason::RelatedLinks),
    ("more stories", Reason::RelatedLinks),
    ("more news", Reason::RelatedLinks),
    ("more:", Reason::RelatedLinks),
    ("explore further", Reason::RelatedLinks),
    ("explore more", Reason::RelatedLinks),
    ("you may also", Reason::RelatedLinks),
    ("you might also", Reason::RelatedLinks),
    ("don't miss:", Reason::RelatedLinks),
    ("don't miss", Reason::RelatedLinks),
    ("watch:", Reason::RelatedLinks),
    ("watch now", Reason::RelatedLinks),
    ("watch more", Reason::RelatedLinks),
    ("editor's picks", Reason::RelatedLinks),
    ("most read", Reason::RelatedLinks),
    ("most popular", Reason::RelatedLinks),
    ("trending now", Reason::RelatedLinks),
    ("click here for more", Reason::RelatedLinks),
    ("want more stories", Reason::Subscription),
    ("subscribe to", Reason::Subscription),
    ("subscribe now", Reason::Subscription),
    ("subscribe", Reason::Subscription),
    ("sign up for", Reason::Subscription),
    ("sign up to", Reason::Subscription),
    ("sign up", Reason::Subscription),
    ("get the latest", Reason::Subscription),
    ("get our", Reason::Subscription),
    ("get breaking news", Reason::Subscription),
    ("download our", Reason::Subscription),
    ("download the app", Reason::Subscription),
    ("support our journalism", Reason::Subscription),
    ("join our", Reason::Subscription),
    ("follow us", Reason::Share),
    ("follow @", Reason::Share),
    ("like us on", Reason::Share),
    ("share this", Reason::Share),
    ("share on", Reason::Share),
    ("like this story", Reason::Share),
    ("like this article", Reason::Share),
    ("print this", Reason::Share),
    ("advertisement", Reason::Advertisement),
    ("advert", Reason::Advertisement),
    ("article continues below", Reason::Advertisement),
    ("story continues below", Reason::Advertisement),
    ("scroll to continue", Reason::Advertisement),
    ("sponsored", Reason::Advertisement),
    ("loading", Reason::Widget),
    ("comments", Reason::Comments),
    ("leave a comment", Reason::Comments),
    ("leave a reply", Reason::Comments),
    ("join the conversation", Reason::Comments),
    ("join the discussion", Reason::Comments),
    ("view comments", Reason::Comments),
    ("what do you think?", Reason::Comments),
    ("tell us what you", Reason::Comments),
    ("let us know what you think", Reason::Comments),
    ("tags", Reason::Tags),
    ("filed under", Reason::Tags),
    ("posted in", Reason::Tags),
    ("topics:", Reason::Tags),
    ("topics", Reason::Tags),
    ("image  of", Reason::Caption),
    ("photo:", Reason::Caption),
    ("photo by", Reason::Caption),
    ("photo credit", Reason::Caption),
    ("copyright", Reason::Legal),
    ("©", Reason::Legal),
    ("all rights reserved", Reason::Legal),
    ("this document is subject to copyright", Reason::Legal),
    ("citation:", Reason::Legal),
    ("by clicking", Reason::Legal),
    ("we use cookies", Reason::CookieNotice),
    ("this website uses cookies", Reason::CookieNotice),
    ("this site uses cookies", Reason::CookieNotice),
    ("updated at", Reason::Byline),
    ("last updated", Reason::Byline),
    ("last modified", Reason::Byline),
    ("published on", Reason::Byline),
    ("published:", Reason::Byline),
    ("first published", Reason::Byline),
    ("posted on", Reason::Byline),
];

/// The longest line that goes for its beginning, words.
const SHORT: u32 = 40;

/// The longest label. "Posted on social media by analysts, the film …" is a sentence.
const LABEL: u32 = 14;

fn opening(text: &str, block: &Block) -> Option<Reason> {
    if block.words > SHORT {
        return None;
    }
    let label = block.words <= LABEL || block.linked * 2 >= block.words;
    let folded: String = text
        .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©')
        .chars()
        .take(48)
        .filter(|c| !c.is_ascii_digit())
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect();
    STARTS
        .iter()
        .find(|(start, _)| {
            folded.strip_prefix(start).is_some_and(|rest| {
                let ended = start.ends_with([':', '@', '?'])
                    || !rest.starts_with(char::is_alphanumeric)
                    || start.ends_with("stor");
                // A bare word is a label only by itself.
                ended && (start.contains([' ', ':', '©']) || block.words <= 3)
            })
        })
        .map(|(_, reason)| *reason)
        .filter(|reason| {
            label
                || matches!(
                    reason,
                    Reason::Subscription | Reason::Share | Reason::Legal | Reason::CookieNotice
                )
        })
}

/// Sets aside, within the article's blocks, lines of links, labels and headings of nothing.
pub(super) fn trim(
    tree: &Tree,
    blocks: &Blocks,
    reasons: &mut [Option<Reason>],
    inside: Range<usize>,
) {
    // A label such as "More stories" takes the links under it along.
    let mut under: Option<Reason> = None;
    for index in inside.clone() {
        if reasons[index].is_some() {
            continue;
        }
        let block = &blocks.list[index];
        let tag = tree.tag(block.owner).unwrap_or(Tag::Other);
        let linked = block.linked * 2 >= block.words;
        if tag == Tag::H1 {
            reasons[index] = Some(Reason::Repeated);
        } else if let Some(reason) = opening(blocks.text(block), block) {
            reasons[index] = Some(reason);
            under = Some(reason).filter(|_| block.words < 12 && reason == Reason::RelatedLinks);
            continue;
        } else if let Some(reason) = under
            && (linked || tag == Tag::Li && block.linked * 4 >= block.words)
        {
            reasons[index] = Some(reason);
            continue;
        } else if block.linked * 10 >= block.words * 8 && block.words < 30 && !block.continued {
            reasons[index] = Some(Reason::Stub);
        }
        under = None;
    }
    // Headings before the text are the headline's.
    for index in inside.clone() {
        if reasons[index].is_none() {
            if !tree.tag(blocks.list[index].owner).is_some_and(Tag::is_heading) {
                break;
            }
            reasons[index] = Some(Reason::Stub);
        }
    }
    // A heading with nothing under it.
    let mut text_below = false;
    for index in inside.rev() {
        if reasons[index].is_some() {
            continue;
        }
        let heading = tree.tag(blocks.list[index].owner).is_some_and(Tag::is_heading);
        if heading && !text_below {
            reasons[index] = Some(Reason::Stub);
        } else if !heading {
            text_below = true;
        }
    }
}
