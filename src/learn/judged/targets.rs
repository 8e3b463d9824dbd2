//! Targets: stance over the article, victims that are called "against", and whether readers' targets are found without being told.

use super::{FIGURES, Judged, Rows, groups, outlets};
use crate::article::{Article, TargetRequest};
use crate::learn::metrics::ratio;
use crate::learn::parallel;
use crate::learn::reading::same_target;
use crate::mark::STANCES;
use crate::score::Scorer;
use crate::table::{Table, number};

/// What the scorer says of one labelled target.
struct Found {
    article: usize,
    truth: usize,
    said: usize,
    probability: f64,
    /// The article has it among its own targets.
    unasked: bool,
    victim: bool,
}

/// Figures a part.
pub(super) fn table(scorer: &Scorer, parts: &[Judged]) -> Table {
    let more = ["turned round", "victims against", "found unasked", "F1 by class"];
    let header: Vec<&str> = ["part"].into_iter().chain(FIGURES).chain(more).collect();
    let mut table = Table::new(
        "Real articles, labels by reading: stance toward targets, by the models in use",
        &header,
    );
    let found: Vec<Vec<Found>> = parts.iter().map(|p| targets(scorer, p)).collect();
    for (name, of) in groups(parts) {
        let mut all: Vec<(&Judged, &Found)> = Vec::new();
        for (part, found) in parts.iter().zip(&found) {
            if of.iter().any(|o| o.part == part.part) {
                all.extend(found.iter().map(|f| (part, f)));
            }
        }
        if all.is_empty() {
            continue;
        }
        let articles = all.iter().map(|(part, f)| (&part.labelled.corpus, f.article));
        let rows = Rows {
            classes: &STANCES,
            ordered: true,
            truth: all.iter().map(|(_, f)| f.truth).collect(),
            said: all.iter().map(|(_, f)| f.said).collect(),
            probability: all.iter().map(|(_, f)| f.probability).collect(),
            groups: outlets(articles),
        };
        let share = |of: &dyn Fn(&Found) -> bool, among: &dyn Fn(&Found) -> bool| {
            let n = all.iter().filter(|(_, f)| among(f)).count() as f64;
            number(ratio(all.iter().filter(|(_, f)| among(f) && of(f)).count() as f64, n))
        };
        let mut cells = rows.cells();
        let by_class = cells.pop().unwrap_or_default();
        table.row(
            [name.to_owned()]
                .into_iter()
                .chain(cells)
                .chain([
                    share(&|f| f.truth.abs_diff(f.said) == 2, &|_| true),
                    share(&|f| f.said == 0, &|f| f.victim),
                    share(&|f| f.unasked, &|_| true),
                    by_class,
                ])
                .collect(),
        );
    }
    table
        .notes
        .push("A target that is not found in the text counts as it is scored: neutral.".to_owned());
    table.notes.push(super::IN_SAMPLE.to_owned());
    table
}

fn targets(scorer: &Scorer, part: &Judged) -> Vec<Found> {
    let labelled = &part.labelled;
    let places: Vec<usize> = (0..labelled.corpus.articles.len()).collect();
    let found = parallel::map(&places, |&place| {
        let labels: Vec<_> = labelled.labels.stance.iter().filter(|l| l.article == place).collect();
        if labels.is_empty() {
            return Vec::new();
        }
        let plain = labelled.corpus.articles[place].article();
        let own: Vec<String> =
            scorer.score(&plain).marks.targets.iter().map(|t| t.name.clone()).collect();
        let requests = labels.iter().map(|l| TargetRequest::Name(l.of.clone())).collect();
        let asked = Article { targets: requests, ..plain.clone() };
        let marks = scorer.score(&asked).marks;
        let of = |(label, target): (&&crate::learn::labels::ClassLabel, &crate::mark::Target)| {
            let class = target.polarity.class();
            let said = STANCES.iter().position(|s| *s == class).unwrap_or(1);
            let role = part
                .ticks
                .targets
                .iter()
                .find(|r| r.article == place && r.target == label.of)
                .map(|r| r.role.label.as_str());
            Found {
                article: place,
                truth: label.label,
                said,
                probability: target.polarity.probabilities[said],
                unasked: own.iter().any(|name| same_target(name, &label.of)),
                victim: role == Some("victim"),
            }
        };
        labels.iter().zip(&marks.targets).map(of).collect()
    });
    found.into_iter().flatten().collect()
}
