//! The attribution extractor, fitted on labelled articles.
//!
//! Three stages, each fitted on what the ones before it say of articles they were not fitted on (three folds by article):
//! sources, cues and contents over paragraphs; one cue's source and content; the confidence of each content that may be
//! its own.

mod accept;
mod data;
mod labels;
pub mod measure;
mod own;

pub use data::{GoldRow, Row, read};

use crate::extract::form::{STEM, stem};
use crate::extract::{FIRST, SECOND, Tagger, TaggerFile, WordRates, WordsFile};
use crate::family::attribution::candidates::candidates;
use crate::family::attribution::columns::Columns;
use crate::family::attribution::extract::{self, extract_with, find_all};
use crate::family::attribution::second::{Counts, Scene};
use crate::family::attribution::{Raw, first, second};
use crate::learn::error::LearnError;
use crate::learn::spans::{SpanData, SpanError};
use crate::mark::Marks;
use crate::model::{
    FORMAT, Metrics, ModelFile, Payload, Provenance, VERSION, tokenizer_fingerprint,
};
use crate::tagger::{CrfFile, Sequences, Settings};
use crate::text::{Document, Kind, Span, Word};
use data::{FOLDS, Prepared};
use measure::Figures;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// The model's name among the axes.
pub const AXIS: &str = "attribution-spans";

const FIRST_STAGE: Settings =
    Settings { rounds: 12, rate: 0.15, l1: 0.3, l2: 0.1, least: 3, small: 4 };
const SECOND_STAGE: Settings =
    Settings { rounds: 12, rate: 0.15, l1: 0.3, l2: 0.1, least: 3, small: 3 };
/// An article keeps this many times its expected number of attributions, of at least [`FLOOR`].
const ALPHA: f64 = 1.15;
const FLOOR: f64 = 0.2;

/// Steps of the rates of words.
const RATES: [f64; 7] = [0.02, 0.06, 0.15, 0.25, 0.4, 0.6, 0.8];
/// A word must occur this often for its rates to be known.
const LEAST_WORD: usize = 3;

/// Name of the rows of the labelled file among the figures.
const POLNEAR_ROWS: &str = "labelled file";

/// Where a folder of public data holds the articles.
const IN_FOLDER: &str = "attribution/polnear_train.jsonl";
/// The set of that file, as the card names it.
const POLNEAR: &str = "PolNeAR 1.0, train part (Newell, Margolin, Ruths 2018): political news of seven US outlets, published for building extractors";

/// The own labels, as the card names them.
const OWN: &str = "own labels (labels/attributions.csv on corpus/, labels/real_attributions.csv without frozen outlets on outlets/articles and outlets/foreign, Apache-2.0)";

/// Fits the extractor on the articles of a file (the first `limit` of them), or on those of a folder of public data and on the
/// own labels, and gives the model file. The same data give the same file.
///
/// # Errors
/// When the data cannot be read or hold too little.
pub fn train(from: SpanData<'_>, progress: &mut dyn FnMut(&str)) -> Result<ModelFile, SpanError> {
    let SpanData { data, limit, .. } = from;
    let path = if data.is_dir() { &data.join(IN_FOLDER) } else { data };
    let mut rows = read(path)?;
    rows.truncate(limit.unwrap_or(usize::MAX));
    let mut groups = vec![(POLNEAR_ROWS, rows.len())];
    if let Some((labels, corpus)) = from.own.filter(|_| data.is_dir()) {
        let told = |e: LearnError| SpanError::Data(e.to_string());
        for (name, own) in [
            ("own corpus", own::corpus(labels, corpus).map_err(told)?),
            ("real articles", own::real(labels, data).map_err(told)?),
        ] {
            groups.push((name, own.len()));
            rows.extend(own);
        }
    }
    let (tagger, found) = fit(&rows, progress)?;
    let mut other = BTreeMap::new();
    let mut at = 0;
    for &(name, n) in &groups {
        let mut figures = Figures::default();
        for (row, raws) in rows.iter().zip(&found).skip(at).take(n) {
            figures.add(row, raws);
        }
        at += n;
        progress(&format!("cross-fitted, {n} of {name}: {}", figures.line()));
        other.extend(figures.named(&format!("cross-fitted, {name}")));
    }
    if let Some(dev) = path
        .to_str()
        .and_then(|p| p.strip_suffix("_train.jsonl"))
        .map(|p| format!("{p}_dev.jsonl"))
        .filter(|p| Path::new(p).is_file())
    {
        other.extend(
            measure::measure(&compile(&tagger)?, &read(Path::new(&dev))?, true)?.named("dev"),
        );
    }
    let attributions = rows.iter().map(|r| r.attributions.len()).sum();
    let mut hash = Sha256::new();
    for row in &rows {
        hash.update(row.id.as_bytes());
        hash.update(row.text.as_bytes());
        for piece in
            row.attributions.iter().flat_map(|a| a.source.iter().chain(&a.cue).chain(&a.content))
        {
            hash.update(format!("{},{};", piece.0, piece.1));
        }
    }
    let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let set = if IN_FOLDER.ends_with(&format!("/{name}")) {
        POLNEAR.to_owned()
    } else {
        format!("{name}: labelled articles given by the user")
    };
    let first = limit.map_or_else(String::new, |n| format!(" --limit {n}"));
    Ok(ModelFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: format!("{AXIS}-1"),
        axis: AXIS.to_owned(),
        classes: Vec::new(),
        schema: String::new(),
        lexicons: String::new(),
        tokenizer: tokenizer_fingerprint(),
        provenance: Provenance {
            data: if groups.len() > 1 { vec![set, OWN.to_owned()] } else { vec![set] },
            data_sha256: hash.finalize().iter().map(|b| format!("{b:02x}")).collect(),
            rows: BTreeMap::from([
                ("articles".to_owned(), rows.len()),
                ("attributions".to_owned(), attributions),
            ]),
            split: format!("{FOLDS} folds by article, for what later stages see of earlier ones"),
            seed: 0,
            command: if groups.len() > 1 {
                format!("newsgauge train {AXIS} --data DIR{first}")
            } else {
                format!("newsgauge train {AXIS} --data {name}{first}")
            },
        },
        metrics: Metrics { other, ..Metrics::default() },
        payload: Payload::Tagger(Box::new(tagger)),
    })
}

/// The fitted parts, and what the models of the other folds find in each article.
fn fit(
    rows: &[Row],
    progress: &mut dyn FnMut(&str),
) -> Result<(TaggerFile, Vec<Vec<Raw>>), SpanError> {
    let articles = data::prepare(rows)?;
    if articles.len() < 2 * FOLDS || articles.iter().all(|a| a.gold.is_empty()) {
        return Err(SpanError::Data(format!(
            "{} articles are too few to fit an extractor",
            articles.len()
        )));
    }
    let word_files: Vec<WordsFile> =
        (0..FOLDS).map(Some).chain([None]).map(|fold| word_rates(&articles, fold)).collect();
    let mut taggers = word_files
        .iter()
        .map(|w| compile(&TaggerFile { words: w.clone(), ..blank() }))
        .collect::<Result<Vec<_>, _>>()?;
    let columns: Vec<Columns> = articles
        .iter()
        .map(|a| {
            taggers[a.fold].keep(|kept| Columns::new(&a.document, &a.marks, &taggers[a.fold], kept))
        })
        .collect();

    let mut sequences = first_sequences(&articles, &columns);
    sequences.index(FIRST_STAGE.least);
    progress(&format!(
        "first stage: {} tokens, {} inputs",
        sequences.tokens(),
        sequences.columns()
    ));
    let firsts = each_fold(|fold| sequences.fit::<FIRST>(&first::TAGS, fold, FIRST_STAGE));
    drop(sequences);
    for ((tagger, words), first) in taggers.iter_mut().zip(&word_files).zip(&firsts) {
        *tagger = compile(&TaggerFile { words: words.clone(), first: first.clone(), ..blank() })?;
    }

    let mut sequences = second_sequences(&articles, &taggers);
    sequences.index(SECOND_STAGE.least);
    progress(&format!(
        "second stage: {} tokens, {} inputs",
        sequences.tokens(),
        sequences.columns()
    ));
    let seconds = each_fold(|fold| sequences.fit::<SECOND>(&second::TAG_NAMES, fold, SECOND_STAGE));
    drop(sequences);
    for (index, tagger) in taggers.iter_mut().enumerate() {
        *tagger = compile(&TaggerFile {
            words: word_files[index].clone(),
            first: firsts[index].clone(),
            second: seconds[index].clone(),
            ..blank()
        })?;
    }

    let mut inputs = Vec::new();
    for article in &articles {
        let tagger = &taggers[article.fold];
        // The columns hold the rows of the forms in the fields that were not fitted yet.
        tagger.keep(|kept| {
            let columns = Columns::new(&article.document, &article.marks, tagger, kept);
            find_all(tagger, &article.document, &columns, kept, |scene, all| {
                let rows = accept::rows(scene, all, &article.gold);
                (0..article.weight).for_each(|_| inputs.extend_from_slice(&rows));
            });
        });
    }
    progress(&format!("confidence: {} hypotheses", inputs.len()));
    let accept = accept::fit(&inputs)?;
    let (first, second, words) =
        (firsts[FOLDS].clone(), seconds[FOLDS].clone(), word_files[FOLDS].clone());
    progress("measuring, each article by the models of the other folds");
    for (fold, tagger) in taggers.iter_mut().enumerate().take(FOLDS) {
        let parts = TaggerFile {
            words: word_files[fold].clone(),
            first: firsts[fold].clone(),
            second: seconds[fold].clone(),
            accept: accept.clone(),
            ..blank()
        };
        *tagger = compile(&parts)?;
    }
    let found = articles
        .iter()
        .map(|a| extract_with(&taggers[a.fold], &a.document, &a.marks, true))
        .collect();
    Ok((TaggerFile { first, second, words, accept, alpha: ALPHA, floor: FLOOR }, found))
}

/// A file with nothing fitted yet.
fn blank() -> TaggerFile {
    TaggerFile {
        first: CrfFile::blank(&first::TAGS),
        second: CrfFile::blank(&second::TAG_NAMES),
        alpha: ALPHA,
        floor: FLOOR,
        ..TaggerFile::default()
    }
}

fn compile(file: &TaggerFile) -> Result<Tagger, SpanError> {
    file.compile().map_err(SpanError::Data)
}

/// One result for each fold left out, and one for all, on two threads; what each thread does is fixed.
fn each_fold<T: Send>(fit: impl Fn(Option<usize>) -> T + Sync) -> Vec<T> {
    let half = FOLDS / 2;
    std::thread::scope(|scope| {
        let with_all =
            scope.spawn(|| ((0..half).map(|f| fit(Some(f))).collect::<Vec<T>>(), fit(None)));
        let mut rest: Vec<T> = (half..FOLDS).map(|f| fit(Some(f))).collect();
        match with_all.join() {
            Ok((mut out, all)) => {
                out.append(&mut rest);
                out.push(all);
                out
            }
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Share of a word's and of a stem's occurrences inside cues and inside sources, in articles outside `fold`.
fn word_rates(articles: &[Prepared<'_>], fold: Option<usize>) -> WordsFile {
    let mut counts: BTreeMap<Word, [usize; 3]> = BTreeMap::new();
    for article in articles.iter().filter(|a| Some(a.fold) != fold) {
        let document = &article.document;
        let mut count = |tokens: Vec<usize>, at: usize| {
            for token in tokens {
                let word = document.tokens[token].word;
                counts.entry(word).or_default()[at] += 1;
                if document.tokens[token].kind == Kind::Word {
                    counts.entry(stem(document.form(token), word).then(STEM)).or_default()[at] += 1;
                }
            }
        };
        count(document.prose_sentences().flat_map(|s| s.tokens()).collect(), 0);
        count(unique(article.gold.iter().flat_map(|g| g.cue.iter().copied())), 1);
        count(unique(article.gold.iter().flat_map(|g| g.source.iter().copied())), 2);
    }
    let known = counts.into_iter().filter(|(_, n)| n[0] >= LEAST_WORD);
    let rated = known.map(|(word, n)| {
        let step = |part: usize| {
            RATES.iter().take_while(|e| part as f64 / (n[0] + 2) as f64 >= **e).count() as u8
        };
        (word, WordRates { cue: step(n[1]), source: step(n[2]) })
    });
    WordsFile::pack(rated.filter(|(_, r)| *r != WordRates::default()).collect())
}

fn unique(tokens: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut out: Vec<usize> = tokens.collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn first_sequences(articles: &[Prepared<'_>], columns: &[Columns]) -> Sequences {
    let mut out = Sequences::default();
    for (article, columns) in articles.iter().zip(columns) {
        let tags = labels::first(&article.gold, columns, article.document.tokens.len());
        for range in columns.paragraphs() {
            out.begin(article.fold, article.weight);
            for i in range.clone() {
                out.push(&first::inputs(columns, &article.document, range, i), tags[i]);
            }
        }
    }
    out
}

/// Candidates of the tagger that was not fitted on the article, those that touch a labelled cue.
fn second_sequences(articles: &[Prepared<'_>], taggers: &[Tagger]) -> Sequences {
    let mut out = Sequences::default();
    for article in articles {
        let (tagger, document) = (&taggers[article.fold], &article.document);
        tagger.keep(|kept| {
            let columns = &Columns::new(document, &article.marks, tagger, kept);
            let tagged = first::tag(tagger, document, columns, &mut kept.first);
            let candidates = candidates(document, columns, &tagged);
            let counts = Counts::new(document, columns, &tagged, &candidates);
            let scene = Scene { document, columns, tagged: &tagged, counts: &counts };
            for candidate in &candidates {
                let Some(gold) = labels::of(&article.gold, candidate) else { continue };
                let mut tags = labels::second(gold, columns, candidate).into_iter();
                out.begin(article.fold, article.weight);
                scene.walk(candidate, |keys| out.push(keys, tags.next().unwrap_or(0)));
            }
        });
    }
    out
}

/// The spans of every run of words that a tagger takes for a cue at all, however doubtful.
pub(crate) fn cues(tagger: &Tagger, document: &Document<'_>, marks: &Marks) -> Vec<Span> {
    let token = |t: usize| document.tokens.get(t).map(|t| t.span);
    let span = |tokens: std::ops::Range<usize>| {
        Some(token(tokens.start)?.cover(token(tokens.end.checked_sub(1)?)?))
    };
    extract::cues(tagger, document, marks).into_iter().filter_map(|c| span(c.tokens)).collect()
}
