//! What each input does for each axis: held-out figures with it left out, and with what the axis does not see put in.

use super::cross::{OUTER, most_probable};
use super::design::{Column, Design, columns};
use super::error::LearnError;
use super::folds;
use super::material::{Material, design_of};
use super::metrics::{macro_f1, mean};
use super::multinomial::FitError;
use super::parallel;
use super::recipe::{Recipe, candidates, choose, held_out};
use super::train::check;
use crate::axis::{AXES, Axis, Classes, Direction, Judges};
use crate::family::FAMILIES;
use crate::feature::features;
use crate::table::{Table, number};

/// Cuttings into folds that a figure is the mean of.
const CUTTINGS: u64 = 5;

/// Macro-F1 of each axis's classes with stories and outlets held out, on the own corpus and on real articles where they are there:
/// as it is, without each of its inputs, and with each family that it does
/// not see. The way of fitting is chosen once, with the axis's own inputs: the figures are for comparing, not for quoting.
///
/// # Errors
/// A fit that fails.
pub(crate) fn ablation(material: &Material<'_>, seed: u64) -> Result<Table, LearnError> {
    let header = ["axis", "inputs", "columns", "own corpus", "change", "real articles", "change"];
    let mut table =
        Table::new("Macro-F1 of classes by inputs, stories and outlets held out", &header);
    for axis in AXES.iter().filter(|a| a.judges == Judges::Readers) {
        if let Err(e) = check(axis, material.labels) {
            table.notes.push(e.to_string());
            continue;
        }
        let whole = design_of(axis, &columns(axis), material);
        let recipe = choose(&whole, &candidates(axis), seed)?.recipe;
        let sets = sets(axis);
        let figures = parallel::map(&sets, |(_, columns)| {
            figure(&design_of(axis, columns, material), recipe, seed)
        });
        let mut all: Option<Both> = None;
        for ((what, columns), figure) in sets.iter().zip(figures) {
            let figure = figure?;
            let name = if all.is_none() { axis.name } else { "" };
            let mut cells = vec![name.to_owned(), what.clone(), columns.len().to_string()];
            for (side, value) in figure.iter().enumerate() {
                let before = all.and_then(|all| all[side]);
                cells.push(value.map(number).unwrap_or_default());
                cells.push(
                    value
                        .zip(before)
                        .map(|(now, before)| format!("{:+.3}", now - before))
                        .unwrap_or_default(),
                );
            }
            table.row(cells);
            all = all.or(Some(figure));
        }
    }
    table.notes.push(format!("Mean of {CUTTINGS} cuttings into {OUTER} folds; a change below .01 is within what other cuttings give."));
    Ok(table)
}

/// Sets of columns to compare, the axis's own first.
fn sets(axis: &Axis) -> Vec<(String, Vec<Column>)> {
    let own = columns(axis);
    let family = |(name, ..): &Column| name.split('.').next().unwrap_or_default();
    let left: Vec<&str> = match axis.of {
        Classes::Ordered(inputs) => inputs.iter().map(|i| i.feature).collect(),
        Classes::Unordered(families) => families.to_vec(),
    };
    let mut sets = vec![("as it is".to_owned(), own.clone())];
    for input in left.iter().filter(|_| left.len() > 1) {
        let others = own.iter().filter(|c| c.0 != *input && family(c) != *input);
        sets.push((format!("without {input}"), others.copied().collect()));
    }
    for with in FAMILIES.iter().filter(|f| !f.features.is_empty()) {
        let free = Direction::Free("to see what it could do");
        let more = features()
            .enumerate()
            .filter(|(_, (f, feature))| {
                f.name == with.name && own.iter().all(|c| c.0 != feature.name)
            })
            .map(|(place, (_, feature))| (feature.name, Some(place), free));
        let all: Vec<Column> = own.iter().copied().chain(more).collect();
        if all.len() > own.len() {
            sets.push((format!("with {}", with.name), all));
        }
    }
    sets
}

/// Of the own corpus and of real articles; none where there are none.
type Both = [Option<f64>; 2];

fn figure(design: &Design, recipe: Recipe, seed: u64) -> Result<Both, FitError> {
    let places = [false, true].map(|real| design.places(real));
    let mut figures = [Vec::new(), Vec::new()];
    for cutting in 0..CUTTINGS {
        let logits =
            held_out(design, recipe, &folds::folds(&design.groups, OUTER, seed + cutting))?;
        for (places, figures) in
            places.iter().zip(&mut figures).filter(|(places, _)| !places.is_empty())
        {
            let said: Vec<usize> = places.iter().map(|&p| most_probable(&logits[p])).collect();
            let labels: Vec<usize> = places.iter().map(|&p| design.labels[p]).collect();
            figures.push(macro_f1(&labels, &said, design.classes));
        }
    }
    Ok(figures.map(|of| (!of.is_empty()).then(|| mean(&of))))
}
