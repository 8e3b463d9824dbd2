//! The element of a page that holds its article.

use super::block::Blocks;
use super::cue::names_article_text;
use super::main_text::letters;
use super::mass::Masses;
use super::reason::Reason;
use super::tag::Tag;
use super::tree::{Id, Tree};

/// On a page that goes on with other articles: the one with the page's headline, or the first.
pub(super) fn one_article(
    tree: &Tree,
    blocks: &Blocks,
    kept: &Masses,
    around: Id,
    title: Option<&str>,
) -> Id {
    let mut found: Vec<(Id, String)> = Vec::new();
    let mut at = around + 1;
    while at < tree.nodes[around as usize].end {
        if tree.tag(at) == Some(Tag::Article) {
            if let Some(heading) = tree.within(at).find(|i| tree.tag(*i) == Some(Tag::H1)) {
                found.push((at, letters(&tree.text_of(heading))));
            }
            at = tree.nodes[at as usize].end;
        } else {
            at += 1;
        }
    }
    let chosen =
        found.iter().find(|(_, heading)| Some(heading.as_str()) == title).or(found.first());
    match chosen {
        Some((id, _))
            if found.len() > 1
                && kept.of(tree, blocks, *id) >= 0.15 * kept.of(tree, blocks, around) =>
        {
            *id
        }
        _ => around,
    }
}

/// How much of a paragraph's prose counts for the elements around it: its parent, grandparent, and so on.
const SHARES: [f32; 5] = [1.0, 0.6, 0.3, 0.2, 0.1];

/// The element that holds the article: the one with the most prose near by, widened to what is as dense as it.
pub(super) fn container(
    tree: &Tree,
    blocks: &Blocks,
    weights: &[f32],
    reasons: &[Option<Reason>],
    kept: &Masses,
) -> Id {
    let mut scores = vec![0.0f32; tree.nodes.len()];
    let listed = listed(tree);
    for (block, weight) in
        blocks.list.iter().zip(weights).zip(reasons).filter(|(_, r)| r.is_none()).map(|(b, _)| b)
    {
        let mut id = block.owner;
        let weight = &(if listed[id as usize] { weight * 0.25 } else { *weight });
        if matches!(tree.tag(id), Some(Tag::P | Tag::Li | Tag::Blockquote | Tag::Pre) | None)
            || tree.tag(id).is_some_and(Tag::is_heading)
            || kept.of(tree, blocks, id) <= *weight
        {
            id = tree.nodes[id as usize].parent;
        }
        for share in SHARES {
            scores[id as usize] += weight * share;
            if id == 0 {
                break;
            }
            id = tree.nodes[id as usize].parent;
        }
    }
    for (id, score) in scores.iter_mut().enumerate() {
        if *score > 0.0 && names_article_text(tree, id as Id) {
            *score *= 1.3;
        }
    }
    let Some(top) =
        (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)))
    else {
        return 0;
    };
    let least = scores[top] * 0.25;
    let beginnings = beginnings(tree);
    let opens_article =
        |id: Id| beginnings[tree.nodes[id as usize].end as usize] > beginnings[id as usize];
    let mut now = top as Id;
    for id in (1..scores.len() as Id).filter(|id| scores[*id as usize] >= least) {
        let within =
            |outer: Id, inner: Id| outer <= inner && inner < tree.nodes[outer as usize].end;
        if within(now, id) || within(id, now) {
            continue;
        }
        // The smallest element around both, and the branches of it in which they lie.
        let (mut around, mut branch) = (now, now);
        while !within(around, id) {
            branch = around;
            around = tree.nodes[around as usize].parent;
        }
        let mut other = id;
        while tree.nodes[other as usize].parent != around {
            other = tree.nodes[other as usize].parent;
        }
        if opens_article(other) && opens_article(branch) {
            continue;
        }
        now = around;
    }
    now
}

/// Nodes that lie in one of three or more articles side by side: a list of other pages' beginnings, unless the page has
/// nothing else (a live blog).
fn listed(tree: &Tree) -> Vec<bool> {
    let mut counts = vec![0u8; tree.nodes.len()];
    for (id, node) in tree.nodes.iter().enumerate() {
        if tree.tag(id as Id) == Some(Tag::Article) {
            let count = &mut counts[node.parent as usize];
            *count = count.saturating_add(1);
        }
    }
    let mut out = vec![false; tree.nodes.len()];
    for (id, node) in tree.nodes.iter().enumerate() {
        out[id] = out[node.parent as usize]
            || tree.tag(id as Id) == Some(Tag::Article) && counts[node.parent as usize] > 2;
    }
    out
}

/// How many articles and main headings begin before each node: whether an element holds one is then two look-ups.
fn beginnings(tree: &Tree) -> Vec<u32> {
    let mut sum = 0;
    let mut out = vec![0];
    for id in 0..tree.nodes.len() as Id {
        sum += u32::from(matches!(tree.tag(id), Some(Tag::Article | Tag::H1)));
        out.push(sum);
    }
    out
}
