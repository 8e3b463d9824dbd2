//! Roles: over an article, and at the sentences in which readers ticked a target as blamed, victim or praised.

use super::{FIGURES, Judged, Rows, groups, outlets};
use crate::article::{Article, TargetRequest};
use crate::learn::parallel;
use crate::learn::ticked::TargetLabel;
use crate::mark::{ROLES, Role};
use crate::score::Scorer;
use crate::table::Table;

/// What a role was judged over.
const LEVELS: [&str; 2] = ["over the article", "at ticked mentions"];

/// What was said of one target: at one of the [`LEVELS`].
struct Found {
    level: usize,
    article: usize,
    truth: usize,
    said: Role,
}

/// Figures a level and part.
pub(super) fn table(scorer: &Scorer, parts: &[Judged]) -> Table {
    let header: Vec<&str> =
        ["role", "part"].into_iter().chain(FIGURES).chain(["F1 by class"]).collect();
    let mut table = Table::new(
        "Real articles, labels by reading: roles of targets, by the models in use",
        &header,
    );
    let found: Vec<Vec<Found>> = parts.iter().map(|p| roles(scorer, p)).collect();
    for (level, what) in LEVELS.into_iter().enumerate() {
        for (name, of) in groups(parts) {
            let all: Vec<(&Judged, &Found)> = parts
                .iter()
                .zip(&found)
                .filter(|(part, _)| of.iter().any(|o| o.part == part.part))
                .flat_map(|(part, found)| found.iter().map(move |f| (part, f)))
                .filter(|(_, f)| f.level == level)
                .collect();
            if all.is_empty() {
                continue;
            }
            let place = |role: &Role| ROLES.iter().position(|r| *r == role.class()).unwrap_or(0);
            let said: Vec<usize> = all.iter().map(|(_, f)| place(&f.said)).collect();
            let probability =
                all.iter().zip(&said).map(|((_, f), &s)| f.said.probabilities[s]).collect();
            let rows = Rows {
                classes: &ROLES,
                ordered: false,
                truth: all.iter().map(|(_, f)| f.truth).collect(),
                said,
                probability,
                groups: outlets(all.iter().map(|(p, f)| (&p.labelled.corpus, f.article))),
            };
            table.row([what.to_owned(), name.to_owned()].into_iter().chain(rows.cells()).collect());
        }
    }
    table.notes.push(super::IN_SAMPLE.to_owned());
    table
}

fn roles(scorer: &Scorer, part: &Judged) -> Vec<Found> {
    let corpus = &part.labelled.corpus;
    let places: Vec<usize> = (0..corpus.articles.len()).collect();
    let role = |name: &str| ROLES.iter().position(|r| *r == name);
    let found = parallel::map(&places, |&place| {
        let of = |t: &&TargetLabel| t.article == place;
        let labels: Vec<&TargetLabel> = part.ticks.targets.iter().filter(of).collect();
        let targets = labels.iter().map(|l| TargetRequest::Name(l.target.clone())).collect();
        let asked = Article { targets, ..corpus.articles[place].article() };
        let marks = if labels.is_empty() { return Vec::new() } else { scorer.score(&asked).marks };
        let mut out = Vec::new();
        for (label, target) in labels.iter().zip(&marks.targets) {
            if let Some(truth) = role(&label.role.label) {
                out.push(Found { level: 0, article: place, truth, said: target.role });
            }
            let ticked = |m: &&crate::learn::ticked::MentionLabel| {
                m.article == place && m.target == label.target
            };
            for tick in part.ticks.mentions.iter().filter(ticked) {
                // A sentence may name the target more than once: the surest role that is not plain.
                let here = target.mentions.iter().filter(|m| tick.span.overlaps(m.span));
                let sure = |role: &Role| 1.0 - role.probabilities[ROLES.len() - 1];
                let said = here.map(|m| m.role).max_by(|a, b| sure(a).total_cmp(&sure(b)));
                if let (Some(said), Some(truth)) = (said, role(&tick.role)) {
                    out.push(Found { level: 1, article: place, truth, said });
                }
            }
        }
        out
    });
    found.into_iter().flatten().collect()
}
