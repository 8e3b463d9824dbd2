//! The page that lists the pages of many articles.

use super::{Isolated, Shell, filled};
use crate::axis::{AXES, Axis};
use crate::report::page::shown;
use crate::score::Scored;
use askama::Template;
use std::collections::BTreeSet;

/// Sorts and filters the rows of a table that asks for it.
pub(super) const SCRIPT: &str = include_str!("table.js");

/// What the index tells of an article.
#[derive(Clone, Debug)]
pub struct Entry {
    title: String,
    outlet: String,
    date: String,
    words: usize,
    statements: usize,
    speakers: usize,
    unscored: Option<String>,
    /// Class and number of each axis: its value, or the probability of the class where classes stand in no order.
    axes: Vec<Option<(&'static str, f64)>>,
}

impl Entry {
    /// What the index tells of a scored article.
    #[must_use]
    pub fn of(scored: &Scored<'_>) -> Self {
        let (article, document) = (scored.article, &scored.document);
        let headline = document.headline().map(|b| b.span.slice(document.text));
        let axes = AXES.iter().map(|axis| {
            let score = scored.scores.iter().find(|s| s.axis == axis.name)?;
            let of_class = score.probabilities.iter().find(|(class, _)| *class == score.class);
            Some((score.class, score.value.unwrap_or(of_class.map_or(0.0, |(_, p)| *p))))
        });
        Entry {
            title: article.title.as_deref().or(headline).unwrap_or(&article.id).to_owned(),
            outlet: article.outlet.clone().unwrap_or_default(),
            date: article.date.clone().unwrap_or_default(),
            words: document.words,
            statements: shown(scored).count(),
            speakers: scored.marks.speakers.len(),
            unscored: scored.unscored.as_ref().map(|u| u.reason.clone()),
            axes: axes.collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "report/html/index.html")]
struct IndexPage<'a> {
    shell: Shell,
    entries: &'a [(Entry, String)],
    axes: &'static [Axis],
    outlets: BTreeSet<&'a str>,
}

/// The index of pages: each article with the address of its page.
#[must_use]
pub fn index_page(entries: &[(Entry, String)]) -> String {
    let outlets = entries.iter().map(|(entry, _)| entry.outlet.as_str());
    filled(&IndexPage {
        shell: Shell::new("Articles", SCRIPT),
        entries,
        axes: AXES,
        outlets: outlets.filter(|name| !name.is_empty()).collect(),
    })
}
