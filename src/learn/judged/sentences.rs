//! Ticked sentences: attributed, hedged, loaded; the words that readers named; shares over an article.

use super::{Judged, groups};
use crate::learn::metrics::{auc, calibration_error, f1, pearson, precision_recall, ratio};
use crate::learn::parallel;
use crate::learn::ticked::Sentence;
use crate::mark::Layer;
use crate::score::Scorer;
use crate::table::{Table, number};
use crate::text::Span;

/// What the scorer says of one ticked sentence.
struct Found {
    article: usize,
    words: f64,
    attributed: bool,
    hedged: f64,
    loaded: f64,
}

/// What the scorer says of one article.
struct Article {
    sentences: Vec<Found>,
    /// Loaded words in the own voice.
    marks: Vec<Span>,
}

/// Figures a part.
pub(super) fn table(scorer: &Scorer, parts: &[Judged]) -> Table {
    let mut table = Table::new(
        "Real articles, labels by reading: sentences, by the models in use",
        &["figure", "part", "rows", "value"],
    );
    let found: Vec<Vec<Article>> = parts.iter().map(|p| articles(scorer, p)).collect();
    for (name, of) in groups(parts) {
        let chosen =
            || parts.iter().zip(&found).filter(|(p, _)| of.iter().any(|o| o.part == p.part));
        let (mut ticks, mut says): (Vec<&Sentence>, Vec<&Found>) = (Vec::new(), Vec::new());
        for (part, articles) in chosen() {
            ticks.extend(&part.ticks.sentences);
            says.extend(articles.iter().flat_map(|a| &a.sentences));
        }
        if ticks.is_empty() {
            continue;
        }
        let mut row = |figure: &str, rows: usize, value: f64| {
            table.row(vec![figure.to_owned(), name.to_owned(), rows.to_string(), number(value)]);
        };
        let attributed: Vec<bool> = ticks.iter().map(|t| !t.act.label.is_empty()).collect();
        let told: Vec<bool> = says.iter().map(|s| s.attributed).collect();
        let yes = attributed.iter().filter(|a| **a).count();
        row("attributed: F1", yes, f1(&attributed, &told));
        let (precision, recall) = precision_recall(&attributed, &told);
        row("attributed: precision", yes, precision);
        row("attributed: recall", yes, recall);
        for act in ["speech", "thought", "will", "finding"] {
            let of_act = |t: &&&Sentence| t.act.label.split(' ').next() == Some(act);
            let n = ticks.iter().filter(of_act).count();
            let both = ticks.iter().zip(&told).filter(|(t, told)| of_act(t) && **told).count();
            row(&format!("attributed: recall of {act}"), n, ratio(both as f64, n as f64));
        }
        type Label = fn(&Sentence) -> bool;
        type Value = fn(&Found) -> f64;
        let flags: [(&str, Label, Value); 2] = [
            ("hedged", |t| t.hedged.yes(), |s| s.hedged),
            ("loaded", |t| t.loaded.yes(), |s| s.loaded),
        ];
        for (what, label, value) in flags {
            let truth: Vec<bool> = ticks.iter().map(|t| label(t)).collect();
            let p: Vec<f64> = says.iter().map(|s| value(s)).collect();
            let said: Vec<bool> = p.iter().map(|p| *p >= 0.5).collect();
            let pairs: Vec<(f64, bool)> = p.iter().copied().zip(truth.iter().copied()).collect();
            let yes = truth.iter().filter(|t| **t).count();
            row(&format!("{what}: F1 at 0.5"), yes, f1(&truth, &said));
            row(&format!("{what}: AUC"), truth.len(), auc(&truth, &p));
            row(&format!("{what}: calibration error"), truth.len(), calibration_error(&pairs));
        }
        let (mut named, mut touched, mut marks, mut all) = (0, 0, 0, 0);
        let (mut shares, mut measured) = (Vec::new(), Vec::new());
        for (part, articles) in chosen() {
            for sentence in &part.ticks.sentences {
                let over = &articles[sentence.article].marks;
                named += sentence.words.len();
                touched += sentence
                    .words
                    .iter()
                    .filter(|w| over.iter().any(|mark| mark.overlaps(**w)))
                    .count();
            }
            for (place, article) in articles.iter().enumerate() {
                let ticks: Vec<&Sentence> =
                    part.ticks.sentences.iter().filter(|s| s.article == place).collect();
                if ticks.is_empty() {
                    continue;
                }
                all += 1;
                marks += article.marks.len();
                let (mut true_words, mut found_words, mut words) = (0.0, 0.0, 0.0);
                for (tick, found) in ticks.iter().zip(&article.sentences) {
                    words += found.words;
                    found_words += found.words * f64::from(u8::from(found.attributed));
                    true_words += found.words
                        * match tick.act.label.as_str() {
                            "" => 0.0,
                            act if act.ends_with(" part") => 0.5,
                            _ => 1.0,
                        };
                }
                shares.push(ratio(true_words, words));
                measured.push(ratio(found_words, words));
            }
        }
        row("loaded phrases that a mark touches", named, ratio(touched as f64, named as f64));
        row("loaded marks an article, own voice", all, ratio(marks as f64, all as f64));
        row("attributed share of words: Pearson", all, pearson(&shares, &measured));
    }
    table.notes.push(super::IN_SAMPLE.to_owned());
    table
}

/// Sentences of each article in the order of the labels.
fn articles(scorer: &Scorer, part: &Judged) -> Vec<Article> {
    let places: Vec<usize> = (0..part.labelled.corpus.articles.len()).collect();
    parallel::map(&places, |&place| {
        let article = part.labelled.corpus.articles[place].article();
        let scored = scorer.score(&article);
        let (document, marks) = (&scored.document, &scored.marks);
        let of = |tick: &Sentence| {
            // Cutting may differ from the labels': the highest value of what overlaps, and most of the words.
            let over = document.sentences.iter().zip(&marks.sentences);
            let over: Vec<_> = over.filter(|(s, _)| s.span.overlaps(tick.span)).collect();
            let most = |value: fn(&crate::mark::SentenceScore) -> f64| {
                over.iter().map(|(_, score)| value(score)).fold(0.0, f64::max)
            };
            let words: Vec<usize> = document
                .tokens_within(tick.span)
                .filter(|&t| document.tokens[t].is_word())
                .collect();
            let theirs = words.iter().filter(|&&t| !marks.is_own_voice(t)).count();
            Found {
                article: place,
                words: words.len() as f64,
                attributed: theirs * 4 >= words.len() && theirs > 0,
                hedged: most(|s| s.hedged_by_guide),
                loaded: most(|s| s.loaded),
            }
        };
        let ticks = part.ticks.sentences.iter().filter(|s| s.article == place);
        let sentences: Vec<Found> = ticks.map(of).collect();
        debug_assert!(sentences.iter().all(|s| s.article == place));
        let own = marks.layer(Layer::Loaded).iter().filter(|mark| mark.own_voice);
        Article { sentences, marks: own.map(|mark| mark.span).collect() }
    })
}
