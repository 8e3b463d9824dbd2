//! How far the whole-article stance agrees with labels, and how many of the labelled targets are found without help.

use crate::article::{Article, TargetRequest};
use crate::entity::request_words;
use crate::mark::STANCES;
use crate::score::Scorer;
use crate::text::{Document, mix};
use std::collections::BTreeMap;

/// A label: the article as a whole is against, neutral or for a target.
#[derive(Clone, Debug)]
pub struct StanceLabel<'a> {
    /// The article, without targets of its own.
    pub article: &'a Article,
    /// What it is about; rows of one story are drawn together.
    pub story: &'a str,
    /// Name of the target.
    pub target: &'a str,
    /// Index into [`STANCES`].
    pub class: usize,
}

/// Agreement with labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Mean F1 over the three classes.
    pub macro_f1: f64,
    /// 95 % interval, stories drawn with replacement.
    pub interval: (f64, f64),
    /// Share that is right.
    pub accuracy: f64,
    /// Macro-F1 of always saying the most frequent class.
    pub majority_macro_f1: f64,
    /// Expected calibration error of the three probabilities, ten bins, mean over the classes.
    pub calibration_error: f64,
    /// Rows: labelled class; columns: the tool's.
    pub confusion: [[usize; 3]; 3],
    /// Share of the labelled targets that the tool finds when none are asked for.
    pub found: f64,
    /// Labels.
    pub labels: usize,
}

/// Mean F1 over the classes of a confusion table (rows: right, columns: said).
pub(super) fn macro_f1(confusion: &[[usize; 3]; 3]) -> f64 {
    let f1 = |c: usize| {
        let (gold, said) =
            (confusion[c].iter().sum::<usize>(), (0..3).map(|g| confusion[g][c]).sum::<usize>());
        if gold + said == 0 { 0.0 } else { 2.0 * confusion[c][c] as f64 / (gold + said) as f64 }
    };
    (0..3).map(f1).sum::<f64>() / 3.0
}

/// 95 % interval of macro-F1, tables of groups drawn with replacement.
pub(super) fn interval(tables: &[[[usize; 3]; 3]]) -> (f64, f64) {
    if tables.is_empty() {
        return (0.0, 0.0);
    }
    let mut state = 0_u64;
    let mut draws: Vec<f64> = (0..1000)
        .map(|_| {
            let mut sum = [[0; 3]; 3];
            for _ in 0..tables.len() {
                state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let table = &tables[(mix(state) % tables.len() as u64) as usize];
                (0..9).for_each(|k| sum[k / 3][k % 3] += table[k / 3][k % 3]);
            }
            macro_f1(&sum)
        })
        .collect();
    draws.sort_by(f64::total_cmp);
    (draws[25], draws[974])
}

/// Calibration error of three probabilities: ten bins a class, mean over the classes.
pub(super) fn calibration_error(judged: impl Iterator<Item = ([f64; 3], usize)>) -> f64 {
    let mut bins = [[(0.0_f64, 0.0_f64); 10]; 3];
    let mut count = 0.0;
    for (probabilities, right) in judged {
        count += 1.0;
        for (class, p) in probabilities.iter().enumerate() {
            let bin = &mut bins[class][((p * 10.0) as usize).min(9)];
            bin.0 += p;
            bin.1 += f64::from(u8::from(class == right));
        }
    }
    let gap: f64 = bins.iter().flatten().map(|(p, y)| (p - y).abs()).sum();
    if count > 0.0 { gap / count / 3.0 } else { 0.0 }
}

/// Macro-F1 of always saying the most frequent of the labelled classes.
pub(super) fn majority(counts: [usize; 3]) -> f64 {
    let (most, all) = (counts.iter().copied().max().unwrap_or(0), counts.iter().sum::<usize>());
    if all == 0 { 0.0 } else { 2.0 * most as f64 / (most + all) as f64 / 3.0 }
}

/// Scores each labelled article, once with its targets asked for and once without.
#[must_use]
pub fn agreement(scorer: &Scorer, labels: &[StanceLabel<'_>]) -> Agreement {
    let mut by_article: BTreeMap<&str, Vec<&StanceLabel<'_>>> = BTreeMap::new();
    for label in labels {
        by_article.entry(&label.article.id).or_default().push(label);
    }
    let mut stories: BTreeMap<&str, [[usize; 3]; 3]> = BTreeMap::new();
    let mut judged: Vec<([f64; 3], usize)> = Vec::new();
    let mut found = 0;
    for labels in by_article.values() {
        let targets = labels.iter().map(|l| TargetRequest::Name(l.target.to_owned())).collect();
        let asked = Article { targets, ..labels[0].article.clone() };
        let document = Document::new(&asked.text);
        for (label, target) in labels.iter().zip(&scorer.mark(&asked, &document).targets) {
            let said = STANCES.iter().position(|s| *s == target.polarity.class()).unwrap_or(1);
            stories.entry(label.story).or_default()[label.class][said] += 1;
            judged.push((target.polarity.probabilities, label.class));
        }
        let free = scorer.mark(labels[0].article, &document);
        let names: Vec<_> = free.targets.iter().map(|t| request_words(&t.name)).collect();
        found += labels.iter().filter(|l| is_among(&names, &request_words(l.target))).count();
    }
    let tables: Vec<[[usize; 3]; 3]> = stories.into_values().collect();
    let mut confusion = [[0; 3]; 3];
    tables.iter().for_each(|t| (0..9).for_each(|k| confusion[k / 3][k % 3] += t[k / 3][k % 3]));
    let count = judged.len().max(1) as f64;
    Agreement {
        macro_f1: macro_f1(&confusion),
        interval: interval(&tables),
        accuracy: (0..3).map(|c| confusion[c][c]).sum::<usize>() as f64 / count,
        majority_macro_f1: majority(confusion.map(|row| row.iter().sum())),
        calibration_error: calibration_error(judged.iter().copied()),
        confusion,
        found: found as f64 / count,
        labels: judged.len(),
    }
}

/// One of the names is the target's: the same words, or the target's last word with some of the others.
fn is_among(names: &[Vec<crate::text::Word>], target: &[crate::text::Word]) -> bool {
    names
        .iter()
        .any(|n| n == target || (n.last() == target.last() && n.iter().any(|w| target.contains(w))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ModelSet;
    use crate::score::Options;
    use std::path::Path;

    #[test]
    fn small_tables_by_hand() {
        assert_eq!(majority([1, 2, 1]), 2.0 * 2.0 / 6.0 / 3.0);
        assert!(
            (macro_f1(&[[1, 0, 0], [0, 1, 0], [0, 1, 0]]) - (1.0 + 2.0 / 3.0) / 3.0).abs() < 1e-12
        );
        assert!((calibration_error([([1.0, 0.0, 0.0], 0)].into_iter())).abs() < 1e-12);
        assert!((calibration_error([([1.0, 0.0, 0.0], 1)].into_iter()) - 2.0 / 3.0).abs() < 1e-12);
    }

    /// Labels from `labels/stance.csv`, or the file that `NEWSGAUGE_STANCE` names: article, target, …, label.
    #[test]
    fn the_corpus_agrees_better_than_chance() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = std::env::var_os("NEWSGAUGE_STANCE")
            .map_or_else(|| root.join("labels/stance.csv"), Into::into);
        if !path.is_file() {
            eprintln!("skipped: no labels/stance.csv");
            return;
        }
        let mut stories: BTreeMap<String, String> = BTreeMap::new();
        for row in csv::Reader::from_path(root.join("corpus/MANIFEST.csv")).unwrap().records() {
            let row = row.unwrap();
            stories.insert(row[0].to_owned(), row[2].to_owned());
        }
        let mut articles: BTreeMap<String, Article> = BTreeMap::new();
        let mut rows: Vec<(String, String, usize)> = Vec::new();
        for row in csv::ReaderBuilder::new().flexible(true).from_path(&path).unwrap().records() {
            let row = row.unwrap();
            let id = row[0].to_owned();
            let Some(class) = STANCES.iter().position(|s| *s == &row[row.len() - 1]) else {
                continue;
            };
            let text = || std::fs::read_to_string(root.join(format!("corpus/{id}.txt"))).unwrap();
            articles.entry(id.clone()).or_insert_with(|| Article::from_text(id.clone(), text()));
            rows.push((id, row[1].to_owned(), class));
        }
        let labels: Vec<StanceLabel<'_>> = rows
            .iter()
            .map(|(id, target, class)| StanceLabel {
                article: &articles[id],
                story: &stories[id],
                target,
                class: *class,
            })
            .collect();
        let scorer = Scorer::new(ModelSet::builtin().unwrap(), Options::default()).unwrap();
        let agreement = agreement(&scorer, &labels);
        eprintln!("{agreement:?}");
        if std::env::var_os("DUMP").is_some() {
            for l in &labels {
                let asked = Article {
                    targets: vec![TargetRequest::Name(l.target.to_owned())],
                    ..l.article.clone()
                };
                let document = Document::new(&asked.text);
                let t = &scorer.mark(&asked, &document).targets[0];
                let m: Vec<String> = t
                    .mentions
                    .iter()
                    .map(|m| {
                        format!(
                            "[{},{:?},\"{}\"]",
                            m.own_voice,
                            m.polarity.probabilities,
                            m.span.slice(&asked.text)
                        )
                    })
                    .collect();
                eprintln!(
                    "DUMP {{\"article\":\"{}\",\"story\":\"{}\",\"target\":\"{}\",\"y\":{},\"m\":[{}]}}",
                    l.article.id,
                    l.story,
                    l.target,
                    l.class,
                    m.join(",")
                );
                let free = scorer.mark(l.article, &document);
                let names: Vec<String> = free
                    .targets
                    .iter()
                    .map(|t| format!("{} ({})", t.name, t.mentions.len()))
                    .collect();
                eprintln!("FREE {} {} -> {}", l.article.id, l.target, names.join("; "));
            }
        }
        assert!(
            agreement.macro_f1 > agreement.majority_macro_f1 && agreement.found > 0.5,
            "{agreement:?}"
        );
    }
}
