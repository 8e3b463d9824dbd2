//! Names are no evidence: an article about somebody whose name is a word of a list scores as one about somebody else.

use newsgauge::article::Article;
use newsgauge::mark::Layer;
use newsgauge::score::{Scored, Scorer};
use std::sync::LazyLock;

static SCORER: LazyLock<Scorer> = LazyLock::new(|| Scorer::builtin().expect("built-in models fit"));

/// Surnames that are loaded words, hedges, verbs, roles or months as well.
const SURNAMES: &str = "Savage May Will King Pope Judge Brutal Wild Moody Strange Best Good Rich Grim Bliss Cruel Noble Wise \
    Hope Pride Grace Joy Swift Sharp Stark Bitter Worth Power Strong Poor Cross Blunt Coward Looney Rash Proud Fear Payne Sly Vile";

/// The name stands in a headline in title case, whole, alone, at the start of sentences, behind a title, as a possessive.
fn text(name: &str) -> String {
    format!(
        "{name} Wins Vote for Mayor of Norby\n\n\
         Nils {name} won the vote for mayor of Norby on Sunday with 54 percent of the ballots, the electoral office said. Mayor {name} \
         takes office in June. Turnout was 61 percent.\n\n\
         “I thank everyone who came out in the rain,” {name} said at the town hall. {name} said the first meeting of the council would \
         deal with the harbour. The previous mayor, Pia Holm, said she had called {name} to offer her help.\n\n\
         {name}, 48, worked as a harbour pilot for twenty years before joining the council in 2015. {name}’s party holds nine seats. On \
         the council {name} voted for the new school and against the sale of the old mill. The harbour union supported {name} in the \
         campaign; the chamber of commerce supported Ms. Holm."
    )
}

fn spans(scored: &Scored<'_>, layer: Layer, name: &str) -> Vec<String> {
    let marks = scored.marks.layer(layer).iter();
    let words = marks.map(|m| m.span.slice(scored.document.text).to_owned());
    words.filter(|w| w.split(|c: char| !c.is_alphabetic()).any(|w| w == name)).collect()
}

#[test]
fn a_surname_that_is_a_word_changes_no_score() {
    let control = Article::from_text("control", text("Sandage"));
    let control = SCORER.score(&control);
    let class = |scored: &Scored<'_>, axis: &str| {
        scored.scores.iter().find(|s| s.axis == axis).map(|s| s.class).expect("the axis is scored")
    };
    let mut wrong = Vec::new();
    for name in SURNAMES.split_whitespace() {
        let article = Article::from_text(name, text(name));
        let scored = SCORER.score(&article);
        for layer in [Layer::Loaded, Layer::Hedge, Layer::Booster] {
            let marked = spans(&scored, layer, name);
            if !marked.is_empty() {
                wrong.push(format!("{name}: {layer:?} marks {marked:?}"));
            }
        }
        for axis in ["tone", "hedging"] {
            if class(&scored, axis) != class(&control, axis) {
                wrong.push(format!("{name}: {axis} {}", class(&scored, axis)));
            }
        }
        for layer in [Layer::Loaded, Layer::Hedge, Layer::Style] {
            let count = |scored: &Scored<'_>| scored.marks.layer(layer).len();
            if count(&scored) != count(&control) {
                wrong.push(format!("{name}: {} marks of {layer:?}", count(&scored)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_beside_names_keep_their_meaning() {
    let loaded = |text: &str| {
        let article = Article::from_text("case", text);
        let scored = SCORER.score(&article);
        let marks = scored.marks.layer(Layer::Loaded).iter();
        marks.map(|m| m.span.slice(text).to_lowercase()).collect::<Vec<_>>()
    };
    for (text, word) in [
        ("Nils Savage met the board on Monday. It was a savage attack on the town.", "savage"),
        ("The Tories met in Dresk. Disgraceful Tories voted against the bill.", "disgraceful"),
        ("Ada Grim left on Monday, and the vote was a DISGRACE to all.", "disgrace"),
        ("The council met on Monday. Shameful lies were told, Elsa May wrote.", "shameful"),
        ("Pia Vile spoke first. The plan is vile, and the board knows it.", "vile"),
    ] {
        assert!(loaded(text).iter().any(|w| w.contains(word)), "{word}: {:?}", loaded(text));
    }
}
