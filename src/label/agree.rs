//! How far the two annotators agree on the articles of a desk.

use super::desk::Desk;
use super::edit;
use super::file::{Annotator, What, file};
use super::store::LabelError;
use crate::axis::{AXES, Axis};
use crate::learn::agreement::{Level, alpha};
use serde::Serialize;
use std::collections::BTreeMap;

/// What was said of an article on an axis.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pair {
    said: [String; 3],
    /// The two differ, and nobody has decided.
    pub(crate) open: bool,
}

impl Pair {
    /// What an annotator said; of the third, what is decided.
    pub(crate) fn of(&self, who: Annotator) -> &str {
        &self.said[who as usize]
    }
}

/// By article and axis.
pub(crate) type Pairs<'d> = BTreeMap<(&'d str, &'static str), Pair>;

/// All that was said of the desk's articles on any axis.
pub(crate) fn said(desk: &Desk) -> Result<Pairs<'_>, LabelError> {
    let mut pairs = BTreeMap::new();
    let mut seen: Vec<&str> = Vec::new();
    for article in &desk.articles {
        let Some(file) = file(What::Classes, &article.id) else { continue };
        if seen.contains(&file.name) {
            continue;
        }
        seen.push(file.name);
        let sheet = desk.store.sheet(file)?;
        let Some(field) = file.fields.first() else { continue };
        for row in 0..sheet.len() {
            let Some(place) = desk.place(sheet.cell(row, "article")) else { continue };
            let Some(axis) = Axis::named(sheet.cell(row, "axis")) else { continue };
            let who = [Annotator::First, Annotator::Second, Annotator::Third];
            let said = who.map(|who| edit::said(&sheet, row, field, who));
            let pair = Pair { said, open: edit::is_open(&sheet, row, field) };
            pairs.insert((desk.articles[place].id.as_str(), axis.name), pair);
        }
    }
    Ok(pairs)
}

/// Agreement on an axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Name of the axis.
    pub axis: &'static str,
    /// Articles that both have judged.
    pub both: usize,
    /// Krippendorff's alpha, ordinal where classes stand in an order; none where it has no value, or too few are judged by both to
    /// be shown.
    pub alpha: Option<f64>,
    /// Share of equal classes, 0 to 1; none where alpha is not shown for want of articles.
    pub equal: Option<f64>,
}

/// With fewer articles than this, figures would tell one annotator what the other said.
const LEAST: usize = 10;

/// Agreement on each axis on which both have judged something. For an annotator who is to stay blind, the article that is open
/// (`except`) does not count: changing a label must not show in the figure.
///
/// # Errors
/// When a file of labels cannot be read.
pub fn agreement(
    desk: &Desk,
    who: Annotator,
    except: Option<&str>,
) -> Result<Vec<Agreement>, LabelError> {
    let pairs = said(desk)?;
    let except = except.filter(|_| who != Annotator::Third);
    let of = |axis: &'static Axis| {
        let mine = pairs.iter().filter(|((id, name), _)| *name == axis.name && Some(*id) != except);
        let class = |pair: &Pair, who: Annotator| axis.class(pair.of(who));
        let both = |(_, pair): (_, &Pair)| {
            Some(vec![class(pair, Annotator::First)?, class(pair, Annotator::Second)?])
        };
        let units: Vec<Vec<usize>> = mine.filter_map(both).collect();
        let level = if axis.is_ordered() { Level::Ordinal } else { Level::Nominal };
        let shown = units.len() >= LEAST || who == Annotator::Third;
        let equal = units.iter().filter(|u| u[0] == u[1]).count() as f64 / units.len() as f64;
        Agreement {
            axis: axis.name,
            both: units.len(),
            alpha: shown.then(|| alpha(&units, level)).flatten(),
            equal: shown.then_some(equal),
        }
    };
    Ok(AXES.iter().map(of).filter(|a| a.both > 0).collect())
}
