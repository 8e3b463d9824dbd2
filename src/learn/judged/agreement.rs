//! How far two readers agreed on what stands in the labels of real articles.

use super::Judged;
use crate::axis::AXES;
use crate::learn::agreement::{Level, alpha};
use crate::learn::metrics::ratio;
use crate::learn::ticked::{Said, Sentence};
use crate::mark::STANCES;
use crate::table::{Table, number};

/// A row for each field, over all parts.
pub(super) fn table(parts: &[Judged]) -> Table {
    let header = ["field", "judged twice", "alpha", "ordinal alpha", "equal", "judged once"];
    let mut table = Table::new("Real articles, labels by reading: agreement of readers", &header);
    let mut add = |name: &str, pairs: &[[usize; 2]], once: usize, ordered: bool| {
        let units: Vec<Vec<usize>> = pairs.iter().map(|p| p.to_vec()).collect();
        let shown = |level| alpha(&units, level).map_or_else(String::new, number);
        let equal = pairs.iter().filter(|[a, b]| a == b).count() as f64;
        if !pairs.is_empty() || once > 0 {
            table.row(vec![
                name.to_owned(),
                pairs.len().to_string(),
                shown(Level::Nominal),
                if ordered { shown(Level::Ordinal) } else { String::new() },
                number(ratio(equal, pairs.len() as f64)),
                once.to_string(),
            ]);
        }
    };
    for axis in AXES {
        let labels: Vec<_> = parts.iter().flat_map(|p| p.labelled.labels.of(axis)).collect();
        let pairs: Vec<[usize; 2]> =
            labels.iter().filter_map(|l| Some([l.first?, l.second?])).collect();
        add(axis.name, &pairs, labels.len() - pairs.len(), axis.is_ordered());
    }
    let stance: Vec<_> = parts.iter().flat_map(|p| &p.labelled.labels.stance).collect();
    let pairs: Vec<[usize; 2]> =
        stance.iter().filter_map(|l| Some([l.first?, l.second?])).collect();
    add("stance toward a target", &pairs, stance.len() - pairs.len(), STANCES.len() == 3);
    let roles: Vec<&Said> = parts
        .iter()
        .flat_map(|p| p.ticks.targets.iter().map(|r| &r.role))
        .filter(|r| !r.label.is_empty())
        .collect();
    named(&mut add, "role of a target", &roles);
    let sentences = |pick: fn(&Sentence) -> &Said| -> Vec<&Said> {
        parts.iter().flat_map(|p| p.ticks.sentences.iter().map(pick)).collect()
    };
    flagged(&mut add, "sentence is attributed", &sentences(|s| &s.act), &sentences(|s| &s.hedged));
    flagged(&mut add, "sentence is hedged", &sentences(|s| &s.hedged), &sentences(|s| &s.hedged));
    flagged(&mut add, "sentence is loaded", &sentences(|s| &s.loaded), &sentences(|s| &s.hedged));
    table
}

type Add<'a> = dyn FnMut(&str, &[[usize; 2]], usize, bool) + 'a;

/// Values out of a set of names.
fn named(add: &mut Add<'_>, name: &str, said: &[&Said]) {
    let mut names: Vec<&str> =
        said.iter().flat_map(|s| [s.first.as_str(), s.second.as_str()]).collect();
    names.sort_unstable();
    names.dedup();
    let index = |value: &str| names.iter().position(|n| *n == value).unwrap_or(0);
    let twice = said.iter().filter(|s| !s.first.is_empty() && !s.second.is_empty());
    let pairs: Vec<[usize; 2]> = twice.map(|s| [index(&s.first), index(&s.second)]).collect();
    add(name, &pairs, said.len() - pairs.len(), false);
}

/// Yes and no; `twice` tells by its second value whether a sentence was read by two.
fn flagged(add: &mut Add<'_>, name: &str, said: &[&Said], twice: &[&Said]) {
    let yes = |value: &str| usize::from(!value.is_empty() && value != "0");
    let both = said.iter().zip(twice).filter(|(_, t)| !t.second.is_empty());
    let pairs: Vec<[usize; 2]> = both.map(|(s, _)| [yes(&s.first), yes(&s.second)]).collect();
    add(name, &pairs, said.len() - pairs.len(), false);
}
