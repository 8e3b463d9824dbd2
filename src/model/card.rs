//! The model card: what a model is, was fitted on, and is good for, generated from its file.

use super::file::{ClassifierFile, ModelFile, Payload};
use crate::axis::{Axis, Direction};
use crate::table::{Table, confusion, interval, number};
use std::fmt::Write;

/// Inputs shown for each direction.
const SHOWN: usize = 12;
/// Words shown for each direction.
const WORDS: usize = 40;

/// The card of a model, as Markdown.
#[must_use]
pub fn card(model: &ModelFile) -> String {
    let mut out = String::new();
    let axis = Axis::named(&model.axis);
    let doc = axis.map_or("A span-level decision used inside the families.", |a| a.doc);
    let order = if axis.is_none_or(Axis::is_ordered) { ", low to high" } else { "" };
    let p = &model.provenance;
    // Writing to a String cannot fail.
    let _ =
        write!(out, "# {}\n\nGenerated from the model file; do not edit.\n\n{doc}\n\n", model.id);
    let _ = writeln!(out, "- Classes{order}: {}", model.classes.join(", "));
    if let Payload::Classifier(c) = &model.payload {
        let kind = if axis.is_some_and(Axis::is_ordered) {
            "ordinal logistic regression (adjacent categories, one score, declared directions)"
        } else {
            "multinomial logistic regression"
        };
        let words = c.words.as_ref().map_or_else(String::new, |w| {
            format!(", one of them the sum over {} common words (ridge)", w.0.len())
        });
        let _ = writeln!(
            out,
            "- Kind: {kind} over {} inputs{words}, L2 alpha {}, probabilities scaled by a temperature of {:.2}",
            c.features.len(),
            c.alpha,
            c.temperature
        );
        let _ = writeln!(
            out,
            "- Value: {}",
            if axis.is_some_and(Axis::is_ordered) {
                "the expected place between the first class (0) and the last (1), by the class probabilities"
            } else {
                "none, as the classes stand in no order"
            }
        );
    }
    let _ = writeln!(
        out,
        "- Schema {}, lexicons {}, tokenizer {}",
        or_none(&model.schema),
        or_none(&model.lexicons),
        model.tokenizer
    );
    let _ = writeln!(out, "- Made again by: `{}` (seed {})\n\n## Data\n", p.command, p.seed);
    for line in &p.data {
        let _ = writeln!(out, "- {line}");
    }
    let rows: Vec<String> = p.rows.iter().map(|(class, n)| format!("{class} {n}")).collect();
    let _ = writeln!(
        out,
        "- Rows: {}\n- SHA-256 of labels and texts: `{}`\n",
        rows.join(", "),
        p.data_sha256
    );
    figures(&mut out, model);
    if let Payload::Classifier(c) = &model.payload {
        weights(&mut out, model, c);
    }
    if let Payload::Linear(tasks) = &model.payload {
        let _ = writeln!(out, "## Decisions\n");
        for (task, w) in tasks {
            let inputs: usize = w.weights.values().map(std::collections::BTreeMap::len).sum();
            let _ = writeln!(out, "- {task}: {} templates, {inputs} inputs", w.weights.len());
        }
        out.push('\n');
    }
    out.push_str(LIMITS);
    out
}

fn or_none(hash: &str) -> &str {
    if hash.is_empty() { "not used" } else { hash }
}

fn figures(out: &mut String, model: &ModelFile) {
    let (m, p) = (&model.metrics, &model.provenance);
    let mut table = Table::new(&format!("Held out ({})", p.split), &["figure", "value"]);
    let mut row = |name: &str, value: String| table.row(vec![name.to_owned(), value]);
    if !m.confusion.is_empty() {
        row("macro-F1", format!("{} ({})", number(m.macro_f1), interval(m.macro_f1_interval)));
        if m.bag_of_words_macro_f1 > 0.0 {
            row("macro-F1 of a bag of words", number(m.bag_of_words_macro_f1));
        }
        row("macro-F1 of the majority class", number(m.majority_macro_f1));
        row("accuracy", number(m.accuracy));
        row("calibration error", number(m.calibration_error));
    }
    for (name, value) in &m.other {
        row(&name.replace('_', " "), number(*value));
    }
    let _ = writeln!(out, "## Figures\n\n{}", table.markdown());
    if !m.confusion.is_empty() {
        let _ = writeln!(out, "{}", confusion(&model.classes, &m.confusion).markdown());
    }
}

fn weights(out: &mut String, model: &ModelFile, c: &ClassifierFile) {
    let ends = (
        model.classes.first().map_or("", String::as_str),
        model.classes.last().map_or("", String::as_str),
    );
    let axis = Axis::named(&model.axis);
    let pull = |j: usize| match c.weights.as_slice() {
        [step] => step[j] * (model.classes.len() - 1) as f64,
        [low, .., high] => high[j] - low[j],
        [] => 0.0,
    };
    let mut pulls: Vec<(f64, &str)> =
        c.features.iter().enumerate().map(|(j, name)| (pull(j), name.as_str())).collect();
    pulls.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then(a.1.cmp(b.1)));
    let title = format!(
        "Heaviest inputs (weight toward {} over {}, for each standard deviation of the root)",
        ends.1, ends.0
    );
    let mut table = Table::new(&title, &["input", "direction", "weight"]);
    for (pull, name) in pulls.iter().take(2 * SHOWN) {
        let direction = match axis.and_then(|a| a.direction(name)) {
            Some(Direction::Up) => "+",
            Some(Direction::Down) => "-",
            Some(Direction::Free(_)) | None => "free",
        };
        table.row(vec![(*name).to_owned(), direction.to_owned(), format!("{pull:.3}")]);
    }
    let _ = writeln!(out, "{}", table.markdown());
    if let Some(words) = &c.words {
        let mut all: Vec<(&String, f64)> =
            words.0.iter().map(|(word, (w, r))| (word, w * r)).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let told = |all: &mut dyn Iterator<Item = &(&String, f64)>| {
            all.take(WORDS).map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(", ")
        };
        let (high, low) = (told(&mut all.iter()), told(&mut all.iter().rev()));
        let _ =
            writeln!(out, "Words toward {}: {high}.\n\nWords toward {}: {low}.\n", ends.1, ends.0);
    }
}

const LIMITS: &str = "## Limits\n
- English news prose. Other languages and genres were not measured.
- The corpus of the project is invented; its figures say how well the labels of the guide are learnt, not how well real
  news is judged. `newsgauge evaluate --data` measures real articles.
- A score describes the words of a text. It does not say whether a claim is true, nor whether an outlet is honest.
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FORMAT, Metrics, Provenance, VERSION};

    #[test]
    fn a_card_tells_data_figures_and_weights() {
        let model = ModelFile {
            format: FORMAT.to_owned(),
            version: VERSION,
            id: "tone-1".to_owned(),
            axis: "tone".to_owned(),
            classes: ["neutral", "mixed", "loaded"].map(str::to_owned).to_vec(),
            schema: "s".to_owned(),
            lexicons: "l".to_owned(),
            tokenizer: "t".to_owned(),
            provenance: Provenance {
                data: vec!["a set (CC BY 4.0)".to_owned()],
                command: "newsgauge train tone".to_owned(),
                ..Provenance::default()
            },
            metrics: Metrics {
                macro_f1: 0.8125,
                confusion: vec![vec![5, 1, 0], vec![0, 4, 2], vec![0, 0, 9]],
                ..Metrics::default()
            },
            payload: Payload::Classifier(ClassifierFile {
                features: vec!["style.x".to_owned(), "tone.y".to_owned()],
                mean: vec![0.0; 2],
                scale: vec![1.0; 2],
                weights: vec![vec![-0.1, 0.625]],
                bias: vec![0.0; 3],
                temperature: 1.0,
                alpha: 10.0,
                usual: None,
                words: None,
            }),
        };
        let card = card(&model);
        for part in [
            "# tone-1",
            "a set (CC BY 4.0)",
            "0.812",
            "| loaded | 0 | 0 | 9 |",
            "| tone.y | free | 1.250 |",
            "newsgauge train tone",
        ] {
            assert!(card.contains(part), "{part}\n{card}");
        }
        assert!(card.find("tone.y") < card.find("style.x"), "heaviest first");
    }
}
