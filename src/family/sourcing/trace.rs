//! Marks of what helps or hinders tracing a claim.

use crate::family::def::Context;
use crate::lexicon::Hit;
use crate::mark::{Layer, Mark, Marks, SourceClass};
use crate::text::{Case, Document, Kind, Span};
use std::collections::BTreeMap;

/// Classes of a trace.
pub(super) mod class {
    /// A source that holds or speaks for state power.
    pub(in crate::family::sourcing) const OFFICIAL: &str = "official";
    /// A source that speaks by what it has studied.
    pub(in crate::family::sourcing) const EXPERT: &str = "expert";
    /// A number in the article's own voice.
    pub(in crate::family::sourcing) const FIGURE: &str = "figure";
    /// Somebody spoke to a named medium or to reporters.
    pub(in crate::family::sourcing) const INTERVIEW: &str = "interview";
    /// A line that says where the whole article comes from.
    pub(in crate::family::sourcing) const PROVENANCE: &str = "provenance";
    /// A medium is named between the article and the speaker, or as the source.
    pub(in crate::family::sourcing) const MEDIUM: &str = "medium";
}

/// Fills [`Layer::Trace`].
pub(super) fn mark(context: &Context<'_>, marks: &mut Marks) {
    let mut out = sides(context, marks);
    figures(context.document, marks, &mut out);
    interviews(context, marks, &mut out);
    out.extend(marks.provenance.iter().map(|span| trace(class::PROVENANCE, *span, 0)));
    out.sort_by_key(|m| (m.span.start, m.span.end, m.class));
    out.into_iter().for_each(|m| marks.push(m));
}

fn trace(class: &'static str, span: Span, group: u32) -> Mark {
    Mark { layer: Layer::Trace, class, span, own_voice: true, value: 1.0, group }
}

/// Officials, experts and media among the sources. A title counts for all that its holder says.
fn sides(context: &Context<'_>, marks: &Marks) -> Vec<Mark> {
    let mut by_name: BTreeMap<&str, &'static str> = BTreeMap::new();
    let sides: Vec<Option<&'static str>> = marks
        .attributions
        .iter()
        .map(|a| a.source.iter().find_map(|s| side(context, *s)))
        .collect();
    for (attribution, side) in marks.attributions.iter().zip(&sides) {
        if let Some(side) = side {
            for name in &attribution.speakers {
                by_name.entry(name).or_insert(side);
            }
        }
    }
    let mut out = Vec::new();
    for (group, (attribution, side)) in marks.attributions.iter().zip(&sides).enumerate() {
        let Some(span) =
            attribution.source.first().or(attribution.cue.first()).or(attribution.content.first())
        else {
            continue;
        };
        let side = side.or_else(|| attribution.speaker().and_then(|n| by_name.get(n).copied()));
        out.extend(side.map(|side| trace(side, *span, group as u32)));
        if attribution.reporter.is_some() || attribution.source_class == SourceClass::Media {
            out.push(trace(class::MEDIUM, *span, group as u32));
        }
    }
    out
}

fn side(context: &Context<'_>, source: Span) -> Option<&'static str> {
    let document = context.document;
    let first = document.token_from(source.start);
    let last = document.token_behind(source.end);
    let hits: Vec<Hit> =
        if first < last { context.lexicon.find(document, first..last) } else { Vec::new() };
    hits.iter().find_map(|h| match context.lexicon.class(h.entry) {
        "official" => Some(class::OFFICIAL),
        "expert" => Some(class::EXPERT),
        _ => None,
    })
}

/// Numbers that the article states itself; years, days and hours are no claims.
fn figures(document: &Document<'_>, marks: &Marks, out: &mut Vec<Mark>) {
    for sentence in document.prose_sentences() {
        for at in sentence.tokens() {
            let token = &document.tokens[at];
            if token.kind == Kind::Number && marks.is_own_voice(at) && !is_time(document, at) {
                out.push(trace(class::FIGURE, token.span, 0));
            }
        }
    }
}

fn is_time(document: &Document<'_>, at: usize) -> bool {
    let form = document.form(at);
    let year = form.len() == 4
        && form.bytes().all(|b| b.is_ascii_digit())
        && (form.starts_with("19") || form.starts_with("20"));
    let month = |t: usize| {
        let name = document.form(t);
        document.tokens.get(t).is_some_and(|t| t.case == Case::Capital)
            && MONTHS.iter().any(|m| name.starts_with(m))
    };
    let day = form.len() <= 2 && (month(at + 1) || at.checked_sub(1).is_some_and(month));
    let hour = matches!(document.form(at + 1), "a.m." | "p.m." | "am" | "pm") || form.contains(':');
    year || day || hour
}

const MONTHS: &[&str] =
    &["Jan", "Feb", "March", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

/// Most tokens between "told" and the medium.
const GAP: usize = 4;

/// "told the Halden Courier", "in an interview with reporters".
fn interviews(context: &Context<'_>, marks: &Marks, out: &mut Vec<Mark>) {
    let document = context.document;
    for sentence in document.prose_sentences() {
        let hits = context.lexicon.find(document, sentence.tokens());
        for pair in hits.windows(2) {
            let classes =
                (context.lexicon.class(pair[0].entry), context.lexicon.class(pair[1].entry));
            let between = pair[0].last..pair[1].first;
            let linked =
                between.len() <= GAP && between.clone().all(|t| document.tokens[t].is_word());
            if classes == ("address", "medium") && linked && marks.is_own_voice(pair[0].first) {
                out.push(trace(
                    class::INTERVIEW,
                    document.tokens[pair[0].first]
                        .span
                        .cover(document.tokens[pair[1].last - 1].span),
                    0,
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::family::cases;
    use crate::mark::Layer;
    use crate::model::ModelSet;
    use crate::score::{Options, Scorer};
    use crate::text::Document;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Case {
        text: String,
        traces: Vec<String>,
    }

    #[test]
    fn cases() {
        let scorer = Scorer::new(ModelSet::default(), Options::default()).unwrap();
        for case in cases::read::<Case>(include_str!("cases.toml")) {
            let document = Document::new(&case.text);
            let marks = scorer.mark(&Article::from_text("", &case.text), &document);
            let traces: Vec<String> = marks
                .layer(Layer::Trace)
                .iter()
                .map(|m| format!("{}: {}", m.class, m.span.slice(&case.text)))
                .collect();
            assert_eq!(traces, case.traces, "{}", case.text);
        }
    }
}
