//! Which blocks of a page are the article.

use super::apart::set_apart;
use super::block::{Block, Blocks};
use super::container::{container, one_article};
use super::cue::cue;
use super::mass::{Masses, mass};
use super::quote::{Quotations, set_repeated_aside};
use super::reason::Reason;
use super::tag::Tag;
use super::tree::{Id, Kind, Tree};
use super::trim::trim;
use std::ops::Range;

/// For each block, why it is left out; `None`: it is the article's text. `title` is the article's headline, `live` tells
/// of a live blog, whose entries look like teasers.
pub(super) fn judge(
    tree: &Tree,
    blocks: &Blocks,
    quotations: &Quotations,
    title: Option<&str>,
    live: bool,
) -> Vec<Option<Reason>> {
    let page = Page::new(tree, blocks, quotations, title, live);
    let first = page.judge(Trust::Names);
    let found = words(blocks, &first);
    if found >= FEW {
        return first;
    }
    // Names can mislead: where next to nothing is left, and much without them, they are not believed.
    let second = page.judge(Trust::Tags);
    if words(blocks, &second) > 3 * found + FEW { second } else { first }
}

/// Of a body that is known to be the article: what tags and names set aside, and nothing else.
pub(super) fn named(tree: &Tree, blocks: &Blocks) -> Vec<Option<Reason>> {
    Page::new(tree, blocks, &Quotations::of(tree), None, true).named(Trust::Names)
}

/// Articles of fewer words are looked at twice.
const FEW: u32 = 60;

fn words(blocks: &Blocks, reasons: &[Option<Reason>]) -> u32 {
    blocks.list.iter().zip(reasons).filter(|(_, r)| r.is_none()).map(|(b, _)| b.words).sum()
}

/// What of an element is believed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Its tag and what it is called.
    Names,
    /// Its tag, and names that hardly ever mislead.
    Tags,
}

/// The page with what every look at it asks for.
struct Page<'p> {
    tree: &'p Tree,
    blocks: &'p Blocks,
    quotations: &'p Quotations,
    title: Option<String>,
    /// The heading that is the article's headline.
    headline: Option<Id>,
    live: bool,
    weights: Vec<f32>,
    raw: Masses,
}

impl<'p> Page<'p> {
    fn new(
        tree: &'p Tree,
        blocks: &'p Blocks,
        quotations: &'p Quotations,
        title: Option<&str>,
        live: bool,
    ) -> Self {
        let weights: Vec<f32> = blocks.list.iter().map(|b| mass(blocks, b)).collect();
        let raw = Masses::new(weights.iter().copied());
        let title = title.map(letters).filter(|t| t.len() >= 10);
        let is_headline = |b: &&Block| {
            tree.tag(b.owner).is_some_and(Tag::is_heading)
                && b.words < 60
                && Some(letters(blocks.text(b))) == title
        };
        let headline =
            title.as_ref().and_then(|_| blocks.list.iter().find(is_headline)).map(|b| b.owner);
        Page { tree, blocks, quotations, title, headline, live, weights, raw }
    }

    fn judge(&self, trust: Trust) -> Vec<Option<Reason>> {
        let (tree, blocks) = (self.tree, self.blocks);
        let mut reasons = self.named(trust);
        if !self.live {
            teasers(tree, blocks, &self.raw, &mut reasons);
        }
        let kept = Masses::new(
            self.weights.iter().zip(&reasons).map(|(w, r)| if r.is_none() { *w } else { 0.0 }),
        );
        let around = container(tree, blocks, &self.weights, &reasons, &kept);
        let container = one_article(tree, blocks, &kept, around, self.title.as_deref());
        let inside = blocks.among(container..tree.nodes[container as usize].end);
        for (index, reason) in reasons.iter_mut().enumerate() {
            if !inside.contains(&index) && reason.is_none() {
                *reason = Some(Reason::OutsideArticle);
            }
        }
        before_title(blocks, &self.weights, &mut reasons, inside.clone(), self.title.as_deref());
        set_apart(tree, blocks, &mut reasons);
        trim(tree, blocks, &mut reasons, inside.clone());
        set_repeated_aside(blocks, self.quotations, &mut reasons);
        // The heading of a text that stood there a second time.
        for index in inside.rev() {
            let heading = tree.tag(blocks.list[index].owner).is_some_and(Tag::is_heading);
            match reasons[index] {
                Some(_) => {}
                None if heading => reasons[index] = Some(Reason::Repeated),
                None => break,
            }
        }
        reasons
    }

    /// What tags and names set aside.
    fn named(&self, trust: Trust) -> Vec<Option<Reason>> {
        let mut reasons = vec![None; self.blocks.list.len()];
        let mut at: Id = 1;
        while let Some(node) = self.tree.nodes.get(at as usize) {
            if let Kind::Element(tag, _) = node.kind
                && node.end > at + 1
                && let Some(reason) = cue(self.tree, at, tag)
                && self.may_go(at, tag, reason, trust)
            {
                // A block may begin within an element in a line; then it is not that element's.
                for index in self
                    .blocks
                    .among(at..node.end)
                    .filter(|index| self.blocks.list[*index].owner >= at)
                {
                    reasons[index] = Some(reason);
                }
                at = node.end;
                continue;
            }
            at += 1;
        }
        reasons
    }

    /// May an element go for what it is called? Not when it holds the better part of the page, or much of it and the
    /// headline.
    fn may_go(&self, id: Id, tag: Tag, reason: Reason, trust: Trust) -> bool {
        if matches!(tag, Tag::Html | Tag::Body | Tag::Main) {
            return false;
        }
        // Within a quotation these tell whose words it holds.
        let names = matches!(reason, Reason::Byline | Reason::Caption | Reason::Navigation);
        if names && self.quotations.around(self.tree.nodes[id as usize].parent).is_some() {
            return false;
        }
        let own = self.raw.of(self.tree, self.blocks, id);
        let share = own / self.raw.all().max(1.0);
        let within = self.tree.within(id);
        let holds = |wanted: Tag| within.clone().any(|i| self.tree.tag(i) == Some(wanted));
        match reason {
            Reason::Widget | Reason::Caption | Reason::Share if holds(Tag::Blockquote) => false,
            Reason::Comments | Reason::CookieNotice => {
                self.raw.all() - own > 50.0 && !holds(Tag::H1)
            }
            _ if matches!(tag, Tag::Footer | Tag::Nav) => share < 0.5 && !holds(Tag::H1),
            _ if share > 0.15 && self.headline.is_some_and(|h| within.contains(&h)) => false,
            _ => {
                share < 0.3
                    && (trust == Trust::Names
                        || reason == Reason::Hidden
                        || matches!(tag, Tag::Figure | Tag::Figcaption | Tag::Form))
            }
        }
    }
}

/// What stands above the article's headline is not the article; the headline itself is given apart.
fn before_title(
    blocks: &Blocks,
    weights: &[f32],
    reasons: &mut [Option<Reason>],
    inside: Range<usize>,
    title: Option<&str>,
) {
    let Some(title) = title else { return };
    let kept = |range: Range<usize>, reasons: &[Option<Reason>]| -> f32 {
        range.filter(|i| reasons[*i].is_none()).map(|i| weights[i]).sum()
    };
    let all = kept(inside.clone(), reasons);
    for index in inside.clone() {
        let block = &blocks.list[index];
        if block.words > 60 || letters(blocks.text(block)) != title {
            continue;
        }
        if kept(inside.start..index, reasons) > 0.3 * all {
            return;
        }
        reasons[index].get_or_insert(Reason::Repeated);
        for reason in &mut reasons[inside.start..index] {
            reason.get_or_insert(Reason::OutsideArticle);
        }
        return;
    }
}

/// Short articles and list items whose heading is a link: what leads to other pages. One alone may be the page's own.
fn teasers(tree: &Tree, blocks: &Blocks, raw: &Masses, reasons: &mut [Option<Reason>]) {
    let mut found = Vec::new();
    for (index, block) in blocks.list.iter().enumerate() {
        if !tree.tag(block.owner).is_some_and(Tag::is_heading)
            || block.linked < block.words
            || reasons[index].is_some()
        {
            continue;
        }
        let mut id = block.owner;
        for _ in 0..5 {
            id = tree.nodes[id as usize].parent;
            if matches!(tree.tag(id), Some(Tag::Article | Tag::Li)) {
                found.push(id);
                break;
            }
        }
    }
    if found.len() < 2 {
        return;
    }
    for id in found {
        let mass = raw.of(tree, blocks, id);
        if mass < 120.0 && mass < 0.5 * raw.all() {
            for index in blocks.among(id..tree.nodes[id as usize].end) {
                reasons[index].get_or_insert(Reason::RelatedLinks);
            }
        }
    }
}

/// Letters and digits alone, lower case: for comparing headlines.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
