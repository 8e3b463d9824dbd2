//! The project's own labels: agreement of annotators, and span-level figures of the scorer in use.

use super::agreement::{Level, alpha};
use super::dataset::Corpus;
use super::labels::{AttributionLabel, ClassLabel, Judged, Labels};
use super::matching::{Counts, Pieces, Said, compare};
use super::metrics::{auc, f1, ratio};
use super::parallel;
use super::reliability::Reliability;
use super::resolution::resolved;
use crate::axis::{AXES, Judges};
use crate::mark::{Attribution, Marks, SentenceScore};
use crate::score::Scorer;
use crate::table::{Table, number};
use crate::text::Span;
use std::collections::BTreeMap;

/// Name of the set in calibration plots.
pub(crate) const OWN: &str = "own corpus";

/// Krippendorff's alpha of the two annotators, for everything that two have judged.
pub(crate) fn agreement(labels: &Labels, real: Option<&Labels>) -> Table {
    let header = [
        "labels",
        "judged twice",
        "alpha, ordinal",
        "alpha, nominal",
        "equal",
        "first = decided",
        "second = decided",
    ];
    let mut table = Table::new("Agreement of the two annotators (Krippendorff's alpha)", &header);
    let classes = |rows: Vec<&ClassLabel>| {
        rows.into_iter().filter_map(|l| Some((l.first?, l.second?, l.label))).collect::<Vec<_>>()
    };
    for axis in AXES.iter().filter(|a| a.judges == Judges::Readers) {
        agreed(&mut table, axis.name, &classes(labels.of(axis)), axis.is_ordered());
    }
    agreed(&mut table, "stance toward a target", &classes(labels.stance.iter().collect()), true);
    if let Some(real) = real {
        for axis in AXES.iter().filter(|axis| !real.of(axis).is_empty()) {
            agreed(
                &mut table,
                &format!("{}, real articles", axis.name),
                &classes(real.of(axis)),
                axis.is_ordered(),
            );
        }
        agreed(&mut table, "stance, real articles", &classes(real.stance.iter().collect()), true);
    }
    let flags = |pick: fn(&super::labels::SentenceLabel) -> Judged| {
        let judged = labels.sentences.iter().map(pick);
        judged
            .filter_map(|j| {
                Some((usize::from(j.first?), usize::from(j.second?), usize::from(j.label)))
            })
            .collect::<Vec<_>>()
    };
    agreed(&mut table, "sentence is loaded", &flags(|s| s.loaded), true);
    agreed(&mut table, "sentence is hedged", &flags(|s| s.hedged), true);
    table
}

/// `ordered`: the classes stand in an order, so that an ordinal figure means something.
fn agreed(table: &mut Table, name: &str, judged: &[(usize, usize, usize)], ordered: bool) {
    if judged.is_empty() {
        table.notes.push(format!("{name}: not judged twice"));
        return;
    }
    let units: Vec<Vec<usize>> = judged.iter().map(|(a, b, _)| vec![*a, *b]).collect();
    let shown = |level| alpha(&units, level).map_or("no spread".to_owned(), number);
    let share = |test: fn(&(usize, usize, usize)) -> bool| {
        number(ratio(judged.iter().filter(|j| test(j)).count() as f64, judged.len() as f64))
    };
    let equal = share(|(a, b, _)| a == b);
    let (first, second) = (share(|(a, _, c)| a == c), share(|(_, b, c)| b == c));
    let ordinal = if ordered { shown(Level::Ordinal) } else { String::new() };
    table.row(vec![
        name.to_owned(),
        judged.len().to_string(),
        ordinal,
        shown(Level::Nominal),
        equal,
        first,
        second,
    ]);
}

/// Attributions and sentences by the scorer in use, on the labelled articles; and what plots of the sentences' calibration
/// are drawn from.
pub(crate) fn spans(
    scorer: &Scorer,
    corpus: &Corpus,
    labels: &Labels,
) -> (Table, Vec<Reliability>) {
    let mut table = Table::new(
        "Own corpus: spans by the models in use",
        &["labels", "rows", "figure", "value"],
    );
    let marks = marks(scorer, corpus);
    attributions(&mut table, &marks, corpus, labels);
    let loaded: fn(&SentenceScore) -> f64 = |s| s.loaded;
    let hedged: fn(&SentenceScore) -> f64 = |s| s.hedged;
    let mut plots = Vec::new();
    plots.extend(sentences(
        &mut table,
        "loaded sentences",
        &marks,
        labels,
        |l| l.loaded.label,
        loaded,
    ));
    plots.extend(sentences(
        &mut table,
        "hedged sentences",
        &marks,
        labels,
        |l| l.hedged.label,
        hedged,
    ));
    for model in &scorer.models.files {
        let own = model.provenance.data.iter().filter(|line| {
            ["sentences.csv", "attributions.csv"].iter().any(|file| line.contains(file))
        });
        table.notes.extend(
            own.map(|line| format!("IN-SAMPLE in part: {} was fitted on: {line}", model.id)),
        );
    }
    (table, plots)
}

/// What marking leaves of an article, with the sentences' places.
struct Marked {
    marks: Marks,
    sentences: Vec<Span>,
}

fn marks(scorer: &Scorer, corpus: &Corpus) -> Vec<Marked> {
    parallel::map(&corpus.articles, |a| {
        let article = a.article();
        let scored = scorer.score(&article);
        Marked {
            sentences: scored.document.sentences.iter().map(|s| s.span).collect(),
            marks: scored.marks,
        }
    })
}

fn pieces(spans: &[Span]) -> Pieces {
    Pieces::new(spans.iter().map(|s| (s.from(), s.to())))
}

fn attributions(table: &mut Table, marks: &[Marked], corpus: &Corpus, labels: &Labels) {
    let mut by_article: BTreeMap<usize, Vec<&AttributionLabel>> = BTreeMap::new();
    for label in &labels.attributions {
        by_article.entry(label.article).or_default().push(label);
    }
    if by_article.is_empty() {
        return;
    }
    let mut all = Counts::default();
    let mut extracted = Right::default();
    let mut labelled = Right::default();
    for (&place, gold) in &by_article {
        let text = &corpus.articles[place].text;
        let found = &marks[place].marks.attributions;
        let opens = |l: &AttributionLabel| {
            l.content.first().is_some_and(|c| c.slice(text).starts_with(['"', '“']))
        };
        let gold_said: Vec<Said> = gold
            .iter()
            .map(|l| Said {
                source: pieces(&l.source),
                content: pieces(&l.content),
                direct: opens(l),
            })
            .collect();
        let found_said: Vec<Said> = found
            .iter()
            .map(|a| Said { source: pieces(&a.source), content: pieces(&a.content), direct: false })
            .collect();
        let (counts, pairs) = compare(&gold_said, &found_said);
        all.add(&counts);
        for (i, j) in pairs {
            extracted.count(gold[i], &found[j]);
        }
        let resolved = resolved(text, &marks[place].marks, gold);
        gold.iter().zip(&resolved).for_each(|(gold, found)| labelled.count(gold, found));
    }
    let name = format!("attributions of {} articles", by_article.len());
    let mut row = |figure: &str, value: f64| {
        table.row(vec![name.clone(), all.gold.to_string(), figure.to_owned(), number(value)])
    };
    for (figure, value) in all.figures() {
        row(figure, value);
    }
    for (spans, right) in [("of those found", extracted), ("given the labelled spans", labelled)] {
        for (figure, count) in
            [("kind", right.kind), ("source class", right.class), ("speaker", right.speaker)]
        {
            row(&format!("{figure} right, {spans}"), ratio(count as f64, right.all as f64));
        }
    }
}

/// How often kind, class and speaker are as labelled.
#[derive(Clone, Copy, Default)]
struct Right {
    all: usize,
    kind: usize,
    class: usize,
    speaker: usize,
}

impl Right {
    fn count(&mut self, gold: &AttributionLabel, found: &Attribution) {
        self.all += 1;
        self.kind += usize::from(gold.kind == found.kind.name());
        self.class += usize::from(gold.source_class == found.source_class.name());
        self.speaker += usize::from(same_speaker(&gold.speaker, found));
    }
}

/// The same speaker: both unresolved, or the words of one name all in the other, titles and articles aside.
fn same_speaker(label: &str, found: &Attribution) -> bool {
    let unresolved = |name: &str| name.is_empty() || name == "unresolved";
    let said = found.speakers.join("; ");
    if unresolved(label) || unresolved(&said) {
        return unresolved(label) == unresolved(&said);
    }
    let words = |name: &str| -> Vec<String> {
        let split = name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase);
        split
            .filter(|w| {
                !["the", "a", "an", "mr", "mrs", "ms", "dr", "s", "its", "his", "her", "their"]
                    .contains(&w.as_str())
            })
            .collect()
    };
    let (a, b) = (words(label), words(&said));
    let within = |a: &[String], b: &[String]| !a.is_empty() && a.iter().all(|w| b.contains(w));
    within(&a, &b) || within(&b, &a)
}

type Label = fn(&super::labels::SentenceLabel) -> bool;

fn sentences(
    table: &mut Table,
    name: &str,
    marks: &[Marked],
    labels: &Labels,
    label: Label,
    value: fn(&SentenceScore) -> f64,
) -> Option<Reliability> {
    if labels.sentences.is_empty() {
        return None;
    }
    let truth: Vec<bool> = labels.sentences.iter().map(label).collect();
    // A labelled sentence takes the highest value of those that overlap it: cutting may differ.
    let p: Vec<f64> = labels
        .sentences
        .iter()
        .map(|l| {
            let marked = &marks[l.article];
            let over = marked
                .sentences
                .iter()
                .zip(&marked.marks.sentences)
                .filter(|(span, _)| span.overlaps(l.span));
            over.map(|(_, score)| value(score)).fold(0.0, f64::max)
        })
        .collect();
    let said: Vec<bool> = p.iter().map(|p| *p >= 0.5).collect();
    let pairs: Vec<(f64, bool)> = p.iter().copied().zip(truth.iter().copied()).collect();
    let plot = Reliability::new(OWN, name, &pairs);
    for (figure, value) in [
        ("F1 of yes at 0.5", f1(&truth, &said)),
        ("AUC", auc(&truth, &p)),
        ("calibration error", plot.error),
    ] {
        table.row(vec![name.to_owned(), truth.len().to_string(), figure.to_owned(), number(value)]);
    }
    Some(plot)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mark::{Act, Kind, SourceClass};

    fn found(speaker: Option<&str>) -> Attribution {
        Attribution {
            kind: Kind::Direct,
            source_class: SourceClass::Person,
            act: Act::Speech,
            speakers: speaker.into_iter().map(str::to_owned).collect(),
            role: None,
            reporter: None,
            confidence: 1.0,
            source: Vec::new(),
            cue: Vec::new(),
            content: Vec::new(),
        }
    }

    #[test]
    fn speakers_are_the_same_with_and_without_titles() {
        for (label, said, same) in [
            ("Leopold Strand", Some("Mr Strand"), true),
            ("the stock register", Some("The stock register"), true),
            ("Leopold Strand", Some("Marcus Pell"), false),
            ("Leopold Strand", None, false),
            ("unresolved", None, true),
            ("unresolved", Some("Marcus Pell"), false),
        ] {
            assert_eq!(same_speaker(label, &found(said)), same, "{label} {said:?}");
        }
    }

    #[test]
    fn agreement_counts_only_what_two_have_judged() {
        let label = |first, second, label| ClassLabel {
            article: 0,
            of: "tone".to_owned(),
            first,
            second,
            label,
        };
        let articles =
            vec![label(Some(0), Some(0), 0), label(Some(1), Some(2), 2), label(None, None, 1)];
        let table = agreement(&Labels { articles, ..Labels::default() }, None);
        assert_eq!(table.rows[0][..2], ["tone".to_owned(), "2".to_owned()]);
        assert_eq!(
            table.rows[0][4..],
            ["0.500".to_owned(), "0.500".to_owned(), "1.000".to_owned()]
        );
        assert!(table.notes.iter().any(|n| n.starts_with("hedging: not judged")));
    }
}
