//! How far readers agree, as tables: Krippendorff's alpha by field, and what a fresh reader says of what was decided.

use super::answer::Answer;
use super::field::{Both, Field, NAMED, NONE, agree, same_target};
use super::files::classes;
use super::merge::{Merged, Whole};
use super::pack::PackedArticle;
use crate::axis::AXES;
use crate::learn::agreement::{Level, alpha};
use crate::learn::metrics::ratio;
use crate::mark::STANCES;
use crate::table::{Table, number};
use std::collections::BTreeMap;

/// Two values of one unit.
type Pair = [String; 2];

/// The order of values, where they have one.
fn order(kind: &str) -> Option<Vec<&'static str>> {
    let axis = AXES.iter().find(|a| a.name == kind && a.is_ordered()).map(|a| a.classes.to_vec());
    axis.or_else(|| (kind == "stance toward a target").then(|| STANCES.to_vec()))
}

/// Adds the row of a kind of field: alpha, the share that is equal, and F1 of what is not silent.
fn row(table: &mut Table, kind: &str, pairs: &[Pair]) {
    let ordered = order(kind);
    let mut names: Vec<&str> = pairs.iter().flatten().map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let index = |value: &str| match &ordered {
        Some(classes) => classes.iter().position(|c| *c == value).unwrap_or(0),
        None => names.iter().position(|n| *n == value).unwrap_or(0),
    };
    let units: Vec<Vec<usize>> = pairs.iter().map(|[a, b]| vec![index(a), index(b)]).collect();
    let shown = |level| alpha(&units, level).map_or_else(|| "no spread".to_owned(), number);
    let equal = pairs.iter().filter(|[a, b]| a == b).count() as f64;
    let speaks = |value: &String| value != NONE && value != "no";
    let both = pairs.iter().filter(|[a, b]| speaks(a) && speaks(b)).count() as f64;
    let said = pairs.iter().flatten().filter(|v| speaks(v)).count() as f64;
    let silent = (said as usize) < 2 * pairs.len();
    // Nobody counts the targets that neither named, so that chance is not defined.
    let nominal = if kind == NAMED { String::new() } else { shown(Level::Nominal) };
    table.row(vec![
        kind.to_owned(),
        pairs.len().to_string(),
        nominal,
        ordered.map_or_else(String::new, |_| shown(Level::Ordinal)),
        number(ratio(equal, pairs.len() as f64)),
        if silent { number(ratio(2.0 * both, said)) } else { String::new() },
    ]);
}

const HEADER: [&str; 6] =
    ["field", "units", "alpha", "ordinal alpha", "observed agreement", "F1 of marked"];

/// Values of all units of an article: every prose sentence, and each target that both named.
fn units(article: &PackedArticle, both: &Both, into: &mut BTreeMap<&'static str, Vec<Pair>>) {
    let mut fields: BTreeMap<Field, Pair> = both.fields.clone();
    let silence = |value: &str| [value.to_owned(), value.to_owned()];
    for sentence in article.prose() {
        fields.entry(Field::Act(sentence.n)).or_insert_with(|| silence(NONE));
        fields.entry(Field::Hedged(sentence.n)).or_insert_with(|| silence("no"));
        fields.entry(Field::Loaded(sentence.n)).or_insert_with(|| silence(NONE));
    }
    let targets: Vec<String> = fields
        .keys()
        .filter_map(|f| if let Field::Stance(target) = f { Some(target.clone()) } else { None })
        .collect();
    for target in targets {
        for sentence in article.prose() {
            let field = Field::Mention(target.clone(), sentence.n);
            fields.entry(field).or_insert_with(|| silence(NONE));
        }
    }
    for (field, values) in fields {
        // A class that one side was not asked for is no unit.
        if matches!(field, Field::Class(_)) && values.iter().any(|v| v == NONE) {
            continue;
        }
        let kind = field.kind();
        let values = match (&field, agree(&field, &values)) {
            // Which words are named may differ.
            (Field::Loaded(_), _) => {
                values.map(|v| if v == NONE { v } else { "loaded".to_owned() })
            }
            (Field::Named(_), _) => values.map(|v| if v == "no" { v } else { "named".to_owned() }),
            _ => values,
        };
        if let Field::Stance(_) = &field {
            into.entry(NAMED).or_default().push(silence("named"));
        }
        into.entry(kind).or_default().push(values);
    }
    for (axis, [a, b]) in classes(article, both) {
        into.entry(axis).or_default().push([a.to_owned(), b.to_owned()]);
    }
}

fn table(title: &str, both: &[(&PackedArticle, Both)]) -> Table {
    let mut table = Table::new(title, &HEADER);
    let mut kinds: BTreeMap<&'static str, Vec<Pair>> = BTreeMap::new();
    for (article, both) in both {
        units(article, both, &mut kinds);
    }
    for (kind, pairs) in &kinds {
        row(&mut table, kind, pairs);
    }
    let same = |(_, both): &&(&PackedArticle, Both)| both.fields.iter().all(|(f, v)| agree(f, v));
    let whole = both.iter().filter(same).count();
    table.notes.push(format!("{whole} of {} articles agree in every field.", both.len()));
    if whole * 10 > both.len() * 9 {
        table.notes.push(
            "More than nine of ten agree on everything: check that the second did not see the first."
                .to_owned(),
        );
    }
    table
}

impl Merged<'_> {
    /// Counts, and agreement by field.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        let mut counts = Table::new("Readings", &["what", "articles"]);
        for (what, n) in [
            ("read by two and decided", self.wholes.iter().filter(|w| w.readers == 2).count()),
            ("read by one", self.wholes.iter().filter(|w| w.readers == 1).count()),
            ("wait for a third reader", self.open.len() + self.open_fulls.len()),
            ("attributions in full", self.fulls.len()),
        ] {
            counts.row(vec![what.to_owned(), n.to_string()]);
        }
        let mut tables = vec![counts];
        if !self.both.is_empty() {
            tables.push(table("Agreement of two readers", &self.both));
        }
        tables.extend(self.attributions());
        tables
    }

    /// Agreement of two lists of attributions.
    fn attributions(&self) -> Option<Table> {
        let paired: Vec<_> = self.fulls.iter().filter_map(|f| f.agreement.as_ref()).collect();
        if paired.is_empty() {
            return None;
        }
        let mut out = Table::new(
            "Agreement of two readers on attributions in full (paired by half of their content)",
            &HEADER,
        );
        let pairs: Vec<_> = paired.iter().flat_map(|p| &p.pairs).collect();
        let all: usize = paired.iter().flat_map(|p| p.counts).sum();
        let found = number(ratio(2.0 * pairs.len() as f64, all as f64));
        let cells = ["attribution is found", &all.to_string(), "", "", "", &found];
        out.row(cells.map(str::to_owned).to_vec());
        let of = |pick: fn(&super::answer::AttributionAnswer) -> &String| -> Vec<Pair> {
            pairs.iter().map(|[a, b]| [pick(a).clone(), pick(b).clone()]).collect()
        };
        row(&mut out, "kind", &of(|a| &a.kind));
        row(&mut out, "act", &of(|a| &a.act));
        row(&mut out, "source class", &of(|a| &a.class));
        let speakers = |[a, b]: &&&[super::answer::AttributionAnswer; 2]| {
            a.speakers.len() == b.speakers.len()
                && a.speakers.iter().all(|s| b.speakers.iter().any(|t| same_target(s, t)))
        };
        let same = ratio(pairs.iter().filter(speakers).count() as f64, pairs.len() as f64);
        let cells = ["speakers", &pairs.len().to_string(), "", "", &number(same), ""];
        out.row(cells.map(str::to_owned).to_vec());
        Some(out)
    }

    /// What a fresh reader's answers have in common with what was decided.
    #[must_use]
    pub fn against(&self, fresh: &Merged<'_>) -> Table {
        let answer = |whole: &Whole<'_>| -> Answer { whole.answer() };
        let mut both = Vec::new();
        for decided in &self.wholes {
            let same = fresh.wholes.iter().find(|f| f.article.key == decided.article.key);
            if let Some(fresh) = same {
                both.push((decided.article, Both::of(&answer(fresh), &answer(decided))));
            }
        }
        table("Agreement of a fresh reader with what was decided", &both)
    }
}
