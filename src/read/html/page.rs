//! A page as an article.

use super::block::Blocks;
use super::charset::decode;
use super::linked_data::{LinkedData, linked_data};
use super::main_text::judge;
use super::metadata::metadata;
use super::quote::{Quotations, passages};
use super::reason::Reason;
use super::text::place;
use super::tree::Tree;
use super::wall::{Wall, wall};
use crate::article::{Article, LeftOut};
use crate::read::mojibake;
use crate::text::Form;
use std::collections::BTreeMap;

/// What is known of a page from elsewhere: the headers with which it came.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::read) struct Told<'a> {
    /// Label of the encoding.
    pub(in crate::read) charset: Option<&'a str>,
    /// Where it was fetched.
    pub(in crate::read) url: Option<&'a str>,
    /// What was decoded wrongly before is to be mended.
    pub(in crate::read) repair: bool,
}

/// Reads a page. Never fails: a page without an article gives an article without text, and a warning.
pub(in crate::read) fn article(bytes: &[u8], told: Told<'_>) -> Article {
    let (mut html, decoded) = decode(bytes, told.charset);
    let mut mended = None;
    if told.repair
        && let (warning, Some(text)) = mojibake::mend(&html)
    {
        (html, mended) = (text, warning);
    }
    let tree = Tree::parse(&html);
    let data = linked_data(&tree);
    let blocks = Blocks::of(&tree);
    let known = metadata(&tree, &data, &blocks);
    let quotations = Quotations::of(&tree);
    let mut reasons = judge(&tree, &blocks, &quotations, known.title.as_deref(), data.live);
    let (mut text, placed) = place(&blocks, &reasons);
    let mut passages = passages(&tree, &blocks, &quotations, &placed, &text);
    let mut warnings: Vec<String> = decoded.into_iter().chain(mended).collect();
    if tree.cut_short {
        warnings.push("a page of more than a million parts; the rest was not read".to_owned());
    }
    if let Some(body) = better_body(&text, &data) {
        warnings.push(
            "the text is the page's own JSON-LD articleBody, which holds more than the page shows"
                .to_owned(),
        );
        text = body.to_owned();
        passages.clear();
    }
    match wall(&text, &blocks, data.paid) {
        Some(Wall::Consent) => {
            warnings.push(
                "a notice about cookies or consent stands in place of the article".to_owned(),
            );
            text.clear();
            reasons.iter_mut().for_each(|r| *r = r.or(Some(Reason::CookieNotice)));
        }
        Some(Wall::Paywall) => {
            warnings.push("only the beginning of an article behind a paywall".to_owned())
        }
        Some(Wall::Script) => {
            warnings.push(
                "the page shows its text only with JavaScript, or to browsers that it trusts"
                    .to_owned(),
            );
            text.clear();
            reasons.iter_mut().for_each(|r| *r = r.or(Some(Reason::Stub)));
        }
        None if text.is_empty() => warnings.push("no article was found on the page".to_owned()),
        None => {}
    }
    if text.is_empty() {
        passages.clear();
    }
    warnings.extend(mojibake::tell(&text));
    Article {
        outlet: known.outlet,
        url: known.url.or_else(|| told.url.map(str::to_owned)),
        title: known.title,
        byline: known.byline,
        date: known.date,
        declared_language: known.language,
        left_out: left_out(&blocks, &reasons),
        text,
        passages,
        form: data.live.then_some(Form::Live),
        warnings,
        ..Article::default()
    }
}

/// The body that the page gives to search engines, where it holds clearly more than what was found.
fn better_body<'d>(text: &str, data: &'d LinkedData) -> Option<&'d str> {
    let body = data.body.as_deref()?;
    let (found, told) = (text.split_whitespace().count(), body.split_whitespace().count());
    (told >= 50 && found * 2 < told).then_some(body)
}

/// Words left out, by reason, in the order of the reasons.
pub(super) fn left_out(blocks: &Blocks, reasons: &[Option<Reason>]) -> Vec<LeftOut> {
    let mut out: BTreeMap<Reason, (usize, usize)> = BTreeMap::new();
    for (block, reason) in blocks.list.iter().zip(reasons) {
        if let Some(reason) = reason {
            let sums = out.entry(*reason).or_default();
            sums.0 += 1;
            sums.1 += block.words as usize;
        }
    }
    out.into_iter()
        .map(|(reason, (blocks, words))| LeftOut { reason: reason.name(), blocks, words })
        .collect()
}
