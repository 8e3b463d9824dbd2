//! Is a model fitted on the program as it is now?

use super::file::{ModelFile, Payload};
use super::set::{lexicon_fingerprint, tokenizer_fingerprint};
use crate::feature::schema_hash;

/// Why a model should be fitted again: what has changed in the program since. Empty when it is fresh. Span-level models
/// rest on neither schema nor word lists where their file names none.
#[must_use]
pub fn stale(model: &ModelFile) -> Vec<String> {
    let article = matches!(model.payload, Payload::Classifier(_));
    let schema = (article || !model.schema.is_empty()) && model.schema != schema_hash();
    let lexicons =
        (article || !model.lexicons.is_empty()) && model.lexicons != lexicon_fingerprint();
    let tokenizer = model.tokenizer != tokenizer_fingerprint();
    let told = |what: &str| {
        format!(
            "{} was fitted with other {what} than this program has; run `{}`",
            model.id, model.provenance.command
        )
    };
    [(schema, "features"), (lexicons, "word lists"), (tokenizer, "cutting of the text")]
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, w)| told(w))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ClassifierFile, FORMAT, Metrics, Provenance, VERSION};

    fn model() -> ModelFile {
        ModelFile {
            format: FORMAT.to_owned(),
            version: VERSION,
            id: "tone-1".to_owned(),
            axis: "tone".to_owned(),
            classes: ["neutral", "mixed", "loaded"].map(str::to_owned).to_vec(),
            schema: schema_hash(),
            lexicons: lexicon_fingerprint(),
            tokenizer: tokenizer_fingerprint(),
            provenance: Provenance {
                command: "newsgauge train tone".to_owned(),
                ..Provenance::default()
            },
            metrics: Metrics::default(),
            payload: Payload::Classifier(ClassifierFile {
                features: Vec::new(),
                mean: Vec::new(),
                scale: Vec::new(),
                weights: vec![Vec::new()],
                bias: vec![0.0; 3],
                temperature: 1.0,
                alpha: 1.0,
                usual: None,
                words: None,
            }),
        }
    }

    #[test]
    fn a_fresh_model_is_not_stale() {
        assert_eq!(stale(&model()), [""; 0]);
    }

    #[test]
    fn each_change_is_told_with_the_command() {
        let old = || "0".to_owned();
        for (model, word) in [
            (ModelFile { schema: old(), ..model() }, "features"),
            (ModelFile { lexicons: old(), ..model() }, "word lists"),
            (ModelFile { tokenizer: old(), ..model() }, "cutting of the text"),
        ] {
            let told = stale(&model);
            assert!(
                told.len() == 1
                    && told[0].contains(word)
                    && told[0].contains("newsgauge train tone"),
                "{told:?}"
            );
        }
    }

    #[test]
    fn a_span_model_need_not_name_schema_and_lexicons() {
        let spans = ModelFile {
            schema: String::new(),
            lexicons: String::new(),
            payload: Payload::Linear(Default::default()),
            ..model()
        };
        assert_eq!(stale(&spans), [""; 0]);
    }
}
