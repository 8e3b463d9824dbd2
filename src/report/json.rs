//! A scored article as a JSON object: the output contract.

use super::explanation::Explanation;
use super::marks::MarksObject;
use super::{SCHEMA, Show, escape, round};
use crate::article::LeftOut;
use crate::feature::features;
use crate::mark::{ROLES, STANCES, Speaker, Target};
use crate::score::{Contribution, Score, Scored};
use crate::text::Ruler;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::ser::{CompactFormatter, Formatter};
use std::io::{self, Write};

/// A JSON object whose names come in the order given.
#[derive(Debug)]
pub(super) struct Pairs<'a, T>(pub(super) Vec<(&'a str, T)>);

impl<T: Serialize> Serialize for Pairs<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[derive(serde::Serialize)]
struct AxisObject<'a> {
    class: &'a str,
    value: Option<f64>,
    probabilities: Pairs<'a, f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measure: Option<f64>,
    model: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<f64>,
}

#[derive(serde::Serialize)]
struct StanceObject<'a> {
    target: &'a str,
    code: Option<&'a str>,
    mentions: usize,
    class: &'a str,
    value: f64,
    probabilities: Pairs<'a, f64>,
    role: &'a str,
    roles: Pairs<'a, f64>,
}

#[derive(serde::Serialize)]
struct ContributionObject<'a> {
    feature: &'a str,
    value: f64,
    contribution: f64,
}

#[derive(serde::Serialize)]
struct ArticleObject<'a> {
    schema: u32,
    id: &'a str,
    source: &'a str,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    url: Option<&'a str>,
    date: Option<&'a str>,
    byline: Option<&'a str>,
    section: Option<&'a str>,
    language: &'a str,
    form: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared_language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared_words: Option<usize>,
    words: usize,
    skipped_words: usize,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    left_out: &'a [LeftOut],
    unscored: Option<&'a str>,
    warnings: Vec<&'a str>,
    axes: Pairs<'a, AxisObject<'a>>,
    stance: Vec<StanceObject<'a>>,
    speakers: &'a [Speaker],
    counts: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    contributions: Option<Pairs<'a, Vec<ContributionObject<'a>>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    features: Option<Pairs<'a, f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    marks: Option<MarksObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a Explanation<'a>>,
}

/// How many attributions there are.
#[derive(serde::Serialize)]
struct Counts {
    attributions: usize,
    attributions_expected: f64,
}

/// Probabilities of against, neutral, for, by name.
pub(super) fn stances(probabilities: [f64; 3]) -> Pairs<'static, f64> {
    Pairs(STANCES.into_iter().zip(probabilities.map(round)).collect())
}

fn axis<'a>(score: &'a Score, show: Show) -> (&'a str, AxisObject<'a>) {
    let probabilities =
        Pairs(score.probabilities.iter().map(|(class, p)| (*class, round(*p))).collect());
    let shown = evidence(show);
    let (low, high, base) =
        (shown.then_some(score.low), shown.then_some(score.high), shown.then(|| round(score.base)));
    (
        score.axis,
        AxisObject {
            class: score.class,
            value: score.value.map(round),
            probabilities,
            measure: score.measure.map(round),
            model: &score.model,
            low,
            high,
            base,
        },
    )
}

fn stance(target: &Target) -> StanceObject<'_> {
    StanceObject {
        target: &target.name,
        code: target.code,
        mentions: target.mentions.len(),
        class: target.polarity.class(),
        value: round(target.polarity.value()),
        probabilities: stances(target.polarity.probabilities),
        role: target.role.class(),
        roles: Pairs(ROLES.into_iter().zip(target.role.probabilities.map(round)).collect()),
    }
}

/// Contributions tie features to marks: they come with either.
fn evidence(show: Show) -> bool {
    show.marks || show.features
}

/// What each input adds to a score, by axis.
fn contributions(score: &Score) -> (&str, Vec<ContributionObject<'_>>) {
    let part = |c: &Contribution| ContributionObject {
        feature: c.feature,
        value: round(c.value),
        contribution: round(c.contribution),
    };
    (score.axis, score.contributions.iter().map(part).collect())
}

/// The object of an article, on one line without its end.
///
/// # Errors
/// None that is known: serialising into memory.
pub fn article(scored: &Scored<'_>, show: Show) -> Result<Vec<u8>, serde_json::Error> {
    write(scored, show, None)
}

/// The object of an article with marks, features and what each score rests on.
///
/// # Errors
/// None that is known: serialising into memory.
pub fn explained(
    scored: &Scored<'_>,
    explanation: &Explanation<'_>,
    show: Show,
) -> Result<Vec<u8>, serde_json::Error> {
    write(scored, Show { marks: true, features: true, ..show }, Some(explanation))
}

fn write(
    scored: &Scored<'_>,
    show: Show,
    explanation: Option<&Explanation<'_>>,
) -> Result<Vec<u8>, serde_json::Error> {
    let (article, marks) = (scored.article, &scored.marks);
    let ruler = Ruler::new(scored.document.text, show.unit);
    let object = ArticleObject {
        schema: SCHEMA,
        id: &article.id,
        source: &article.source,
        title: article.title.as_deref(),
        outlet: article.outlet.as_deref(),
        url: article.url.as_deref(),
        date: article.date.as_deref(),
        byline: article.byline.as_deref(),
        section: article.section.as_deref(),
        language: scored.language.short(),
        form: scored.form().name(),
        declared_language: article.declared_language.as_deref(),
        declared_words: article.declared_words,
        words: scored.document.words,
        skipped_words: scored.document.skipped_words(),
        left_out: &article.left_out,
        unscored: scored.unscored.as_ref().map(|u| u.reason.as_str()),
        warnings: article.warnings.iter().chain(&marks.warnings).map(String::as_str).collect(),
        axes: Pairs(scored.scores.iter().map(|score| axis(score, show)).collect()),
        stance: marks.targets.iter().map(stance).collect(),
        speakers: &marks.speakers,
        counts: Counts {
            attributions: marks.attributions.len(),
            attributions_expected: round(marks.expected_attributions),
        },
        contributions: evidence(show)
            .then(|| Pairs(scored.scores.iter().map(contributions).collect())),
        features: show.features.then(|| {
            Pairs(
                features()
                    .zip(scored.vector.values())
                    .map(|((_, f), v)| (f.name, round(*v)))
                    .collect(),
            )
        }),
        text: show.text.then_some(scored.document.text),
        marks: show.marks.then(|| MarksObject::new(scored, &ruler)),
        explanation,
    };
    visible(&object)
}

/// Compact JSON on one line, its hostile characters written as escapes.
pub(super) fn visible<T: Serialize>(object: &T) -> Result<Vec<u8>, serde_json::Error> {
    let mut out = Vec::with_capacity(1024);
    object.serialize(&mut serde_json::Serializer::with_formatter(&mut out, Visible))?;
    Ok(out)
}

/// Compact JSON in which terminal and direction controls are written as escapes: the same strings, safe to show.
struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if fragment.is_ascii() && !fragment.contains('\x7f') {
            return CompactFormatter.write_string_fragment(writer, fragment);
        }
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| escape::is_hostile(*c)) {
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::score::Scorer;
    use crate::text::OffsetUnit;

    #[test]
    fn hostile_text_is_the_same_string_without_its_controls() {
        let scorer = Scorer::builtin().expect("builtin");
        let article = Article {
            title: Some("a\x1b[2J\u{9b}\u{202e}\x7f\u{e0041}é".to_owned()),
            ..Article::from_text("1", "Hello there.")
        };
        let show = Show { text: true, unit: OffsetUnit::Chars, ..Show::default() };
        let line = super::article(&scorer.score(&article), show).expect("serialises");
        let line = String::from_utf8(line).expect("UTF-8");
        assert!(line.chars().all(|c| !escape::is_hostile(c)), "{line}");
        let back: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(back["title"].as_str(), article.title.as_deref());
        assert_eq!(back["text"].as_str(), Some("Hello there."));
    }
}
