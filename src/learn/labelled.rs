//! Real articles that were labelled for this project: rows of `real.csv` and `real_targets.csv`, whose texts lie in a data folder.
//!
//! An article is named `set:id`, as in `tone/hyperpartisan:0000004`. Nothing of the texts stands in the labels; without the data
//! folder they say nothing.

use super::dataset::{Corpus, CorpusArticle, Table, find_to_fit, jsonl, numbered_lines};
use super::design::{Measured, measure};
use super::error::LearnError;
use super::labels::Labels;
use super::parallel;
use super::reference::RealArticle;
use crate::score::Scorer;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// File of the classes of real articles in a folder of labels.
pub(crate) const CLASSES: &str = "real.csv";
/// File of the stance of real articles toward targets, and of the targets' roles.
pub(crate) const TARGETS: &str = "real_targets.csv";

/// File of the attributions that were marked in full.
pub(crate) const ATTRIBUTIONS: &str = "real_attributions.csv";

/// What a labelled real article may serve for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// To fit and to measure with its outlet held out.
    Fit,
    /// Of an outlet on which nothing is fitted or chosen (`outlets/frozen.txt` of the data folder).
    Frozen,
    /// Of a set whose licence lets it measure only.
    Bbc,
}

/// Every part, with the name that tables use.
pub(crate) const PARTS: [(Part, &str); 3] =
    [(Part::Fit, "fit"), (Part::Frozen, "frozen"), (Part::Bbc, "bbc")];

/// Sets that measure only.
const MEASURE_ONLY: &[&str] = &["outlets/bbc"];

impl Part {
    /// The part of an article, by its id (`set:id`) and outlet.
    fn of(article: &CorpusArticle, frozen: &BTreeSet<String>) -> Part {
        let set = article.id.split_once(':').map_or("", |(set, _)| set);
        match (MEASURE_ONLY.contains(&set), frozen.contains(&article.outlet)) {
            (true, _) => Part::Bbc,
            (false, true) => Part::Frozen,
            (false, false) => Part::Fit,
        }
    }
}

/// Labelled real articles, as far as their texts are there.
pub(crate) struct Labelled {
    /// The articles; `id` is `set:id`.
    pub(crate) corpus: Corpus,
    /// What was said of them.
    pub(crate) labels: Labels,
    /// Their numbers.
    pub(crate) measured: Vec<Measured>,
}

impl Labelled {
    /// Reads labels and texts of some parts, and measures the articles as scoring does; none when no labelled article is there.
    ///
    /// # Errors
    /// Faults of the labels; a data file that is there and cannot be read.
    pub(crate) fn read(
        labels: &Path,
        data: &Path,
        scorer: &Scorer,
        parts: &[Part],
    ) -> Result<Option<Self>, LearnError> {
        let corpus = labelled_articles(labels, data, parts)?;
        let tables = [CLASSES, TARGETS].map(|name| Table::read_optional(&labels.join(name)));
        let [classes, stance] = tables;
        let (mut classes, mut stance) = (classes?, stance?);
        if corpus.articles.is_empty() {
            return Ok(None);
        }
        for table in [&mut classes, &mut stance].into_iter().flatten() {
            let here: Vec<bool> = (0..table.rows.len())
                .map(|row| corpus.place(table.cell(row, "article")).is_some())
                .collect();
            let mut here = here.into_iter();
            table.rows.retain(|_| here.next().unwrap_or(false));
        }
        let labels = Labels::of_tables(classes.as_ref(), stance.as_ref(), &corpus)?;
        // The outlet is not told: its name is never a feature.
        let measured = parallel::map(&corpus.articles, |a| measure(scorer, &a.article()));
        Ok(Some(Labelled { corpus, labels, measured }))
    }
}

/// The articles of some parts that any file of labels names, as far as the data folder has them. Of some articles only
/// attributions are labelled.
///
/// # Errors
/// A file that is there and cannot be read.
pub(crate) fn labelled_articles(
    labels: &Path,
    data: &Path,
    parts: &[Part],
) -> Result<Corpus, LearnError> {
    texts(labels, &[CLASSES, TARGETS, ATTRIBUTIONS], data, parts)
}

/// Outlets on whose articles nothing is fitted or chosen; none where the data folder does not name them.
pub(crate) fn frozen_outlets(data: &Path) -> Result<BTreeSet<String>, LearnError> {
    let path = data.join("outlets/frozen.txt");
    if !path.exists() {
        return Ok(BTreeSet::new());
    }
    let lines = numbered_lines(&path)?;
    let outlet =
        |(_, line): (u64, Vec<u8>)| String::from_utf8_lossy(line.trim_ascii()).into_owned();
    Ok(lines.into_iter().map(outlet).collect())
}

/// The texts of some parts that files of labels name; none of a file that is not there.
pub(crate) fn texts(
    labels: &Path,
    files: &[&str],
    data: &Path,
    parts: &[Part],
) -> Result<Corpus, LearnError> {
    let mut wanted = BTreeSet::new();
    for file in files {
        wanted.extend(Table::read_optional(&labels.join(file))?.iter().flat_map(named));
    }
    let mut corpus = articles(&wanted, data)?;
    let frozen = frozen_outlets(data)?;
    corpus.articles.retain(|a| parts.contains(&Part::of(a, &frozen)));
    Ok(corpus)
}

/// The articles that a table's rows are of.
fn named(table: &Table) -> impl Iterator<Item = String> + '_ {
    (0..table.rows.len()).map(|row| table.cell(row, "article").to_owned())
}

/// The wanted articles that a data folder has, in order of id.
pub(crate) fn articles(wanted: &BTreeSet<String>, data: &Path) -> Result<Corpus, LearnError> {
    let mut sets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (set, id) in wanted.iter().filter_map(|name| name.split_once(':')) {
        sets.entry(set).or_default().insert(id);
    }
    let mut corpus = Corpus::default();
    for (set, ids) in sets {
        let Some(path) =
            find_to_fit(data, set, "jsonl").or_else(|| find_to_fit(data, set, "jsonl.gz"))
        else {
            continue;
        };
        let rows: Vec<RealArticle> = jsonl(&path)?;
        corpus.articles.extend(rows.into_iter().filter(|r| ids.contains(r.id.as_str())).map(|r| {
            CorpusArticle {
                id: format!("{set}:{}", r.id),
                outlet: r.outlet,
                title: r.title.unwrap_or_default(),
                text: r.text,
                ..CorpusArticle::default()
            }
        }));
    }
    corpus.articles.sort_by(|a, b| a.id.cmp(&b.id));
    corpus.articles.dedup_by(|a, b| a.id == b.id);
    if corpus.articles.len() < wanted.len() {
        let lacking = wanted.len() - corpus.articles.len();
        corpus.warnings.push(format!(
            "{lacking} of {} labelled real articles are not in {}",
            wanted.len(),
            data.display()
        ));
    }
    Ok(corpus)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axis::Axis;
    use std::fs;

    #[test]
    fn labels_meet_the_texts_that_are_there() {
        let dir = tempfile::tempdir().unwrap();
        let (labels, data) = (dir.path().join("labels"), dir.path().join("data"));
        fs::create_dir_all(&labels).unwrap();
        fs::create_dir_all(data.join("tone")).unwrap();
        fs::write(
            labels.join(CLASSES),
            "article,axis,first,second,label\ntone/x:2,tone,mixed,mixed,mixed\ntone/x:1,tone,,,loaded\nother/y:9,tone,,,mixed\n",
        )
        .unwrap();
        let scorer = Scorer::builtin().unwrap();
        assert!(Labelled::read(&labels, &data, &scorer, &[Part::Fit]).unwrap().is_none());
        let line = |id: u8| {
            format!(
                "{{\"id\":\"{id}\",\"outlet\":\"o{id}.com\",\"title\":\"A title\",\"text\":\"One. Two.\"}}\n"
            )
        };
        fs::write(data.join("tone/x_dev.jsonl"), [1, 2, 3].map(line).concat()).unwrap();
        let labelled = Labelled::read(&labels, &data, &scorer, &[Part::Fit]).unwrap().unwrap();
        assert_eq!(
            labelled.corpus.articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(),
            ["tone/x:1", "tone/x:2"]
        );
        assert_eq!(
            labelled
                .labels
                .of(Axis::named("tone").unwrap())
                .iter()
                .map(|l| l.label)
                .collect::<Vec<_>>(),
            [2, 1]
        );
        assert_eq!(labelled.corpus.warnings.len(), 1, "{:?}", labelled.corpus.warnings);
        assert_eq!(labelled.measured.len(), 2);
    }

    #[test]
    fn parts_go_by_frozen_outlets_and_sets_that_measure_only() {
        let dir = tempfile::tempdir().unwrap();
        assert!(frozen_outlets(dir.path()).unwrap().is_empty());
        fs::create_dir(dir.path().join("outlets")).unwrap();
        fs::write(dir.path().join("outlets/frozen.txt"), "cold.org\n\nice.com \n").unwrap();
        let frozen = frozen_outlets(dir.path()).unwrap();
        let part = |id: &str, outlet: &str| {
            let (id, outlet) = (id.to_owned(), outlet.to_owned());
            Part::of(&CorpusArticle { id, outlet, ..CorpusArticle::default() }, &frozen)
        };
        assert_eq!(part("outlets/articles:1", "ice.com"), Part::Frozen);
        assert_eq!(part("outlets/articles:2", "warm.com"), Part::Fit);
        assert_eq!(part("outlets/bbc:3", "ice.com"), Part::Bbc);
    }
}
