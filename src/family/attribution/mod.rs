//! Attribution: who said what.

pub(crate) mod accept;
mod act;
pub(crate) mod candidates;
mod classes;
mod clause;
pub(crate) mod columns;
mod directory;
pub(crate) mod extract;
mod features;
pub(crate) mod first;
pub(crate) mod hypothesis;
mod introduced;
mod join;
mod joint;
mod kind;
mod mend;
mod pieces;
pub(crate) mod raw;
mod reporter;
mod resolve;
pub(crate) mod rules;
pub(crate) mod second;
pub(crate) mod select;
mod speakers;
mod spoken;
mod subject;
mod turns;
mod unsaid;
mod unsourced;
mod verbs;
mod whole;

pub(crate) use act::LIST as ACTS;
pub(crate) use kind::quoted;
pub(crate) use raw::Raw;
pub(crate) use resolve::resolve;
pub(crate) use speakers::collect as speakers;
pub(crate) use unsaid::LIST as UNSAID;

use crate::family::def::{Context, Family};
use crate::mark::{Layer, Marks};

/// The attribution family.
pub(super) static FAMILY: Family = Family {
    name: "attribution",
    doc: "Who said what: statements that the article reports as somebody's.",
    reads: &[Layer::Quote],
    writes: &[Layer::Content, Layer::Source, Layer::Cue],
    classes: &[],
    lexicon: include_str!("lexicon.toml"),
    cases: include_str!("cases.toml"),
    mark,
    features: features::FEATURES,
};

fn mark(context: &Context<'_>, marks: &mut Marks) {
    let document = context.document;
    let quoted = kind::quoted(document, marks);
    let mut raws = extract::extract(context, marks);
    pieces::cut_datelines(document, &mut raws);
    let mut raws = mend::mend(document, marks, raws);
    unsaid::drop(document, &quoted, &mut raws);
    pieces::part_gestures(document, &quoted, &mut raws);
    let raws = spoken::settle(document, raws);
    resolve(document, &context.names.words, &quoted, raws, marks);
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::family::cases;
    use crate::mark::{Layer, Marks};
    use crate::score::Scorer;
    use crate::text::{Document, Span};
    use serde::Deserialize;
    use std::sync::LazyLock;

    #[derive(Deserialize)]
    struct Case {
        text: String,
        /// "source | cue | content" of every attribution, in order.
        attributions: Vec<String>,
    }

    static SCORER: LazyLock<Scorer> = LazyLock::new(|| Scorer::builtin().unwrap());

    fn marks(text: &str) -> Marks {
        SCORER.mark(&Article::from_text("test", text), &Document::new(text))
    }

    #[test]
    fn cases_come_out() {
        for case in cases::read::<Case>(super::FAMILY.cases) {
            let join = |spans: &[Span]| {
                spans.iter().map(|s| s.slice(&case.text)).collect::<Vec<_>>().join(" … ")
            };
            let found: Vec<String> = marks(&case.text)
                .attributions
                .iter()
                .map(|a| format!("{} | {} | {}", join(&a.source), join(&a.cue), join(&a.content)))
                .collect();
            assert_eq!(found, case.attributions, "{}", case.text);
        }
    }

    #[test]
    fn layers_point_at_their_attributions() {
        let marks = marks(
            "“We will go,” said Ana Dorn, the minister. She added that nobody would be left behind.",
        );
        assert_eq!(marks.attributions.len(), 2);
        for mark in marks.layer(Layer::Content) {
            let attribution = &marks.attributions[mark.group as usize];
            assert!(attribution.content.contains(&mark.span) && !mark.own_voice);
        }
        let sources: Vec<u32> = marks.layer(Layer::Source).iter().map(|m| m.group).collect();
        assert_eq!(sources, [0, 1]);
    }

    #[test]
    fn a_hostile_sentence_is_not_the_source_of_each_of_its_quotations() {
        let found = marks(&format!(
            "It was raised by us all {}",
            "Xx: “Yes we will go now” ".repeat(1_000)
        ))
        .attributions;
        let longest = found.iter().flat_map(|a| &a.source).map(|s| s.len()).max();
        assert!(longest.is_some_and(|bytes| bytes < 4_000), "{longest:?} bytes");
    }

    #[test]
    fn a_text_that_ends_with_the_comma_of_a_participle_is_read() {
        for text in [
            "according to Lt. Gen. . ) ” READ MORE:  \u{feff} ” — “ \" “ : : ” ,",
            "Saying that the bridge is safe,",
            "After warning that nobody would go ,",
        ] {
            marks(text);
        }
    }

    #[test]
    fn hostile_text_costs_time_linear_in_its_size() {
        let texts: [fn(usize) -> String; 4] = [
            |n| "\"".repeat(n),
            |n| "he said that ".repeat(n / 12),
            |n| "“he said, ‘".repeat(n / 12),
            |n| "?!,.;:".repeat(n / 6),
        ];
        for make in texts {
            let time = |n: usize| {
                let text = make(n);
                let start = std::time::Instant::now();
                std::hint::black_box(marks(&text).attributions.len());
                start.elapsed().as_secs_f64()
            };
            time(2_000);
            let (small, large) = (time(20_000), time(160_000));
            // Eight times the text; a quadratic walk would take 64 times as long. The slack is for a busy machine.
            assert!(
                large < 0.2 + small * 8.0 * 4.0,
                "{small} s for 20,000 bytes, {large} s for eight times as many"
            );
        }
    }
}
