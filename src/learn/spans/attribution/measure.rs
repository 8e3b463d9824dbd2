//! How well a tagger extracts: overlap of contents, one to one, on labelled articles.

use super::data::{Row, byte_offsets, prepare};
use crate::extract::Tagger;
use crate::family::attribution::extract::extract_with;
use crate::family::attribution::raw::Raw;
use crate::learn::spans::SpanError;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The figures; shares are 0 to 1.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Attributions found.
    pub found: usize,
    /// Attributions labelled, those with a content.
    pub gold: usize,
    /// Matched: content overlap (intersection over union of characters) of at least a half, one to one.
    pub matched: usize,
    /// Matched with the very same content.
    pub exact: usize,
    /// Labelled with an opening quotation mark, and how many of them are matched.
    pub direct: (usize, usize),
    /// The same of those without one.
    pub indirect: (usize, usize),
    /// Matched with a labelled source, and with a source that touches it.
    pub sources: (usize, usize),
    /// Characters in found, labelled and both contents.
    pub characters: (usize, usize, usize),
    /// Found and labelled attributions for each 100 words, article by article.
    pub densities: Vec<(f64, f64)>,
    /// Confidence (0 to 1) of each found one, and whether it is matched.
    pub confidences: Vec<(f64, bool)>,
}

impl Figures {
    /// F1 of attributions.
    #[must_use]
    pub fn f1(&self) -> f64 {
        2.0 * self.matched as f64 / (self.found + self.gold).max(1) as f64
    }

    /// F1 of characters in contents.
    #[must_use]
    pub fn character_f1(&self) -> f64 {
        2.0 * self.characters.2 as f64 / (self.characters.0 + self.characters.1).max(1) as f64
    }

    /// Correlation of the densities (Pearson).
    #[must_use]
    pub fn pearson(&self) -> f64 {
        let n = self.densities.len() as f64;
        let mean = self.densities.iter().fold((0.0, 0.0), |m, d| (m.0 + d.0 / n, m.1 + d.1 / n));
        let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
        for (x, y) in &self.densities {
            xx += (x - mean.0).powi(2);
            yy += (y - mean.1).powi(2);
            xy += (x - mean.0) * (y - mean.1);
        }
        if xx > 0.0 && yy > 0.0 { xy / (xx * yy).sqrt() } else { 0.0 }
    }

    /// Expected calibration error of the confidences, ten bins.
    #[must_use]
    pub fn calibration_error(&self) -> f64 {
        let mut bins = [(0.0, 0.0); 10];
        for (p, right) in &self.confidences {
            let bin = &mut bins[((p * 10.0) as usize).min(9)];
            bin.0 += p;
            bin.1 += f64::from(u8::from(*right));
        }
        bins.iter().map(|b| (b.0 - b.1).abs()).sum::<f64>() / self.confidences.len().max(1) as f64
    }

    /// The figures by name, for a model file.
    pub(super) fn named(&self, how: &str) -> BTreeMap<String, f64> {
        let figures = [
            ("attribution F1", self.f1()),
            ("precision", share(self.matched, self.found)),
            ("recall", share(self.matched, self.gold)),
            ("recall of indirect", share(self.indirect.1, self.indirect.0)),
            ("content character F1", self.character_f1()),
            ("source right", share(self.sources.1, self.sources.0)),
            ("density, Pearson", self.pearson()),
            ("calibration error", self.calibration_error()),
        ];
        figures.map(|(name, value)| (format!("{how}: {name}"), (value * 1e4).round() / 1e4)).into()
    }

    /// Adds an article.
    pub(super) fn add(&mut self, row: &Row, found: &[Raw]) {
        compare(self, row, found);
    }

    /// All figures in a line.
    #[must_use]
    pub fn line(&self) -> String {
        let pearson = self.pearson();
        format!(
            "P {:.3} R {:.3} F1 {:.3} direct {:.3} indirect {:.3} char F1 {:.3} source {:.3} exact F1 {:.3} Pearson {:.3} R2 {:.3} ECE {:.3} found {} gold {}",
            share(self.matched, self.found),
            share(self.matched, self.gold),
            self.f1(),
            share(self.direct.1, self.direct.0),
            share(self.indirect.1, self.indirect.0),
            self.character_f1(),
            share(self.sources.1, self.sources.0),
            2.0 * share(self.exact, self.found + self.gold),
            pearson,
            pearson * pearson,
            self.calibration_error(),
            self.found,
            self.gold
        )
    }
}

/// Extracts from every article, with or without the rules that follow the tagger, and compares with its labels.
///
/// # Errors
/// When the articles cannot be cut and marked.
pub fn measure(tagger: &Tagger, rows: &[Row], rules: bool) -> Result<Figures, SpanError> {
    let articles = prepare(rows)?;
    let mut figures = Figures::default();
    for (article, row) in articles.iter().zip(rows) {
        let raws = extract_with(tagger, &article.document, &article.marks, rules);
        compare(&mut figures, row, &raws);
    }
    Ok(figures)
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

type Set = BTreeSet<usize>;

fn compare(figures: &mut Figures, row: &Row, found: &[Raw]) {
    let offsets = byte_offsets(&row.text);
    let place = |byte: u32| offsets.partition_point(|o| *o < byte as usize);
    let characters = |spans: &[Span]| -> Set {
        spans.iter().flat_map(|s| place(s.start)..place(s.end)).collect()
    };
    let labelled =
        |spans: &[(usize, usize)]| -> Set { spans.iter().flat_map(|s| s.0..s.1).collect() };
    let found_sets: Vec<Set> = found.iter().map(|f| characters(&f.content)).collect();
    let gold: Vec<_> = row.attributions.iter().filter(|a| !a.content.is_empty()).collect();
    let gold_sets: Vec<Set> = gold.iter().map(|g| labelled(&g.content)).collect();
    let words = row.text.split_whitespace().count().max(1) as f64;
    figures
        .densities
        .push((100.0 * found.len() as f64 / words, 100.0 * row.attributions.len() as f64 / words));
    let all = |sets: &[Set]| -> Set { sets.iter().flatten().copied().collect() };
    let (a, b) = (all(&found_sets), all(&gold_sets));
    figures.characters.0 += a.len();
    figures.characters.1 += b.len();
    figures.characters.2 += a.intersection(&b).count();
    figures.found += found.len();
    figures.gold += gold.len();
    let mut pairs = Vec::new();
    for (i, g) in gold_sets.iter().enumerate() {
        for (j, f) in found_sets.iter().enumerate() {
            let both = g.intersection(f).count();
            let union = g.len() + f.len() - both;
            if both * 2 >= union && both > 0 {
                pairs.push((both as f64 / union as f64, i, j));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then(y.1.cmp(&x.1)).then(y.2.cmp(&x.2)));
    let (mut used_gold, mut used_found) = (vec![false; gold.len()], vec![false; found.len()]);
    for (overlap, i, j) in pairs {
        if used_gold[i] || used_found[j] {
            continue;
        }
        used_gold[i] = true;
        used_found[j] = true;
        figures.matched += 1;
        figures.exact += usize::from(overlap >= 1.0);
        if !gold[i].source.is_empty() {
            figures.sources.0 += 1;
            figures.sources.1 +=
                usize::from(!labelled(&gold[i].source).is_disjoint(&characters(&found[j].source)));
        }
    }
    for (g, used) in gold.iter().zip(&used_gold) {
        let start = g.content[0].0;
        let text = &row.text[offsets[start]..];
        let side = if text.trim_start().starts_with(['"', '“']) {
            &mut figures.direct
        } else {
            &mut figures.indirect
        };
        side.0 += 1;
        side.1 += usize::from(*used);
    }
    figures.confidences.extend(found.iter().zip(used_found).map(|(f, used)| (f.confidence, used)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::spans::SpanData;
    use crate::learn::spans::attribution::{read, train};
    use crate::model::{BUILTIN, ModelFile, Payload};
    use std::path::PathBuf;

    /// The labelled data, when they stand beside the checkout or where NEWSGAUGE_DATA says.
    fn data(name: &str) -> Option<PathBuf> {
        let root = std::env::var_os("NEWSGAUGE_DATA")
            .map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
        let path = root.join("attribution").join(name);
        path.exists().then_some(path)
    }

    #[test]
    fn figures_of_a_small_comparison() {
        let row: Row = serde_json::from_str(
            r#"{"id":"a","text":"é “Go now,” Ana said. Ivo left.","attributions":[{"source":[[12,15]],"cue":[[16,20]],"content":[[2,11]]},{"source":[],"cue":[],"content":[[22,30]]}]}"#,
        )
        .unwrap();
        let raw = Raw {
            source: vec![Span::new(17, 20)],
            cue: vec![],
            content: vec![Span::new(3, 16)],
            confidence: 0.75,
        };
        let mut figures = Figures::default();
        compare(&mut figures, &row, &[raw]);
        assert_eq!((figures.found, figures.gold, figures.matched, figures.exact), (1, 2, 1, 1));
        assert_eq!((figures.direct, figures.indirect, figures.sources), ((1, 1), (1, 0), (1, 1)));
        assert_eq!(figures.characters, (9, 17, 9));
        assert!((figures.calibration_error() - 0.25).abs() < 1e-9);
    }

    #[test]
    fn the_built_in_extractor_keeps_its_figures() {
        let Some(path) = data("polnear_dev.jsonl") else {
            eprintln!("skipped: no polnear_dev.jsonl; set NEWSGAUGE_DATA");
            return;
        };
        let (name, bytes) =
            BUILTIN.iter().find(|(name, _)| name.starts_with("attribution-spans")).unwrap();
        let Payload::Tagger(file) = ModelFile::parse(name, bytes.as_bytes()).unwrap().payload
        else {
            panic!("not a tagger")
        };
        let figures = measure(&file.compile().unwrap(), &read(&path).unwrap(), true).unwrap();
        eprintln!("{}", figures.line());
        assert!(
            figures.f1() >= 0.70
                && figures.character_f1() >= 0.82
                && figures.calibration_error() < 0.05,
            "{}",
            figures.line()
        );
    }

    #[test]
    fn training_twice_gives_the_same_bytes() {
        let Some(path) = data("polnear_train.jsonl") else {
            eprintln!("skipped: no polnear_train.jsonl; set NEWSGAUGE_DATA");
            return;
        };
        let from = SpanData { data: &path, vectors: None, limit: Some(12), own: None };
        let once = || train(from, &mut |_| ()).unwrap().to_json().unwrap();
        assert_eq!(once(), once());
    }
}
