//! What each family does for each axis: held-out figures with it left out.

use super::cross::{OUTER, most_probable};
use super::design::{Design, columns};
use super::error::LearnError;
use super::folds;
use super::metrics::macro_f1;
use super::recipe::{Recipe, candidates, choose, held_out};
use super::train::{Material, check, design};
use crate::axis::{AXES, Axis};
use crate::feature::features;
use crate::table::{Table, number};

/// Macro-F1 of each axis's classes with stories held out, with all its families and without each of them. The way of fitting is
/// chosen once, with all families in view: the figures are for comparing, not for quoting.
///
/// # Errors
/// A fit that fails.
pub(crate) fn ablation(material: &Material<'_>, seed: u64) -> Result<Table, LearnError> {
    let mut table =
        Table::new("Own corpus: macro-F1 of classes, stories held out, with families left out", &["axis", "families", "macro-F1", "change"]);
    for axis in AXES {
        if let Err(e) = check(axis, material.labels) {
            table.notes.push(e.to_string());
            continue;
        }
        let whole = design(axis, material);
        let recipe = choose(&whole, &candidates(), seed)?.recipe;
        let all = figure(&whole, recipe, seed)?;
        table.row(vec![axis.name.to_owned(), "all".to_owned(), number(all), String::new()]);
        for family in axis.families.iter().filter(|_| axis.families.len() > 1) {
            let less = figure(&without(&whole, axis, family), recipe, seed)?;
            table.row(vec![String::new(), format!("without {family}"), number(less), format!("{:+.3}", less - all)]);
        }
    }
    table.notes.push("One fit in ten folds; a change below .02 is within what another cutting of the folds gives.".to_owned());
    Ok(table)
}

fn figure(design: &Design, recipe: Recipe, seed: u64) -> Result<f64, LearnError> {
    let logits = held_out(design, recipe, &folds::folds(&design.groups, OUTER, seed))?;
    let said: Vec<usize> = logits.iter().map(|l| most_probable(l)).collect();
    Ok(macro_f1(&design.labels, &said, design.classes))
}

/// The design without the columns of a family.
fn without(design: &Design, axis: &Axis, family: &str) -> Design {
    let names: Vec<&str> = features().map(|(family, _)| family.name).collect();
    let kept: Vec<usize> = columns(axis).iter().enumerate().filter(|(_, c)| names[**c] != family).map(|(place, _)| place).collect();
    Design { x: design.x.iter().map(|row| kept.iter().map(|&place| row[place]).collect()).collect(), ..design.clone() }
}
