//! `explain` as Markdown.

use super::annotate::{Brackets, draw};
use super::block;
use super::explanation::{AxisExplanation, Effect, Explanation};
use super::terminal::{balance, short, title, who};
use crate::score::Scored;
use crate::text::Block;

/// Words shown for each feature.
const WORDS: usize = 12;

/// Text that Markdown shows as it stands.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut line_start = true;
    for c in block(text).chars() {
        let marks = "\\`*_{}[]<>|#~&".contains(c) || (line_start && "-+=>".contains(c));
        if marks {
            out.push('\\');
        }
        line_start = c == '\n' || (line_start && c.is_whitespace());
        out.push(c);
    }
    out
}

/// The same for a cell of a table: on one line.
fn cell(text: &str) -> String {
    plain(&super::line(text))
}

fn table(out: &mut String, heading: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    out.push_str(&format!("| {} |\n|{}\n", heading.join(" | "), "---|".repeat(heading.len())));
    for row in rows {
        out.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    out.push('\n');
}

/// The explanation as Markdown.
#[must_use]
pub fn explain(scored: &Scored<'_>, explanation: &Explanation<'_>) -> String {
    let (article, document, marks) = (scored.article, &scored.document, &scored.marks);
    let headline = document.headline().map(|b| b.span.slice(document.text));
    let mut out =
        format!("# {}\n\n", cell(article.title.as_deref().or(headline).unwrap_or(&article.id)));
    let given = [&article.outlet, &article.section, &article.byline, &article.date, &article.url]
        .into_iter()
        .flatten();
    for part in given.chain([&article.source]) {
        out.push_str(&format!("{} · ", cell(part)));
    }
    out.push_str(&format!(
        "{} words of prose · {} words set aside · {}\n\n## Scores\n\n",
        document.words,
        document.skipped_words(),
        scored.language.short()
    ));
    if let Some(unscored) = &scored.unscored {
        out.push_str(&format!("Unscored: {}.\n\n", cell(&unscored.reason)));
    }
    if !explanation.axes.is_empty() {
        table(
            &mut out,
            &["axis", "class", "value", "probabilities", "model"],
            explanation.axes.iter().map(score),
        );
    }
    out.push_str("## Speakers\n\n");
    let speakers = marks.speakers.iter();
    let rows = speakers.map(|s| {
        vec![
            cell(&s.name),
            s.class.name().to_owned(),
            s.attributions.to_string(),
            s.words.to_string(),
        ]
    });
    table(&mut out, &["speaker", "class", "attributions", "words"], rows);
    out.push_str("## Stance\n\n");
    let targets = marks.targets.iter();
    let rows = targets.map(|t| {
        vec![
            cell(&t.name),
            t.polarity.class().to_owned(),
            format!("{:+.2}", t.polarity.value()),
            t.mentions.len().to_string(),
        ]
    });
    table(&mut out, &["toward", "class", "value", "mentions"], rows);
    out.push_str("## Text\n\nMarks: `{1: attributed}`, `{…|source 1}`, `{…|cue 1}`, `{…|hedge}`, `{…|booster}`, `{…|loaded}`, `{…|target}`.\n\n");
    let mut pen = Brackets { out, write: plain, lead };
    draw(scored, &mut pen);
    out = pen.out;
    out.push_str("## Who said what\n\n");
    let slices = |spans: &[crate::text::Span]| {
        spans.iter().map(|s| cell(s.slice(document.text))).collect::<Vec<_>>().join(" … ")
    };
    let rows = marks.attributions.iter().enumerate().map(|(index, a)| {
        let (class, kind) = (a.source_class.name().to_owned(), a.kind.name().to_owned());
        vec![
            (index + 1).to_string(),
            cell(&who(a, document.text)),
            class,
            kind,
            slices(&a.cue),
            slices(&a.content),
        ]
    });
    table(&mut out, &["", "who", "class", "kind", "cue", "what"], rows);
    for axis in &explanation.axes {
        out.push_str(&format!("## {}\n\n{}\n\n", title(axis), axis.doc));
        table(
            &mut out,
            &["contribution", "feature", "value", "unit", "words"],
            axis.up.iter().chain(&axis.down).map(effect),
        );
        out.push_str(&format!("{}.\n\n", balance(axis).trim_start()));
    }
    out.push_str("## Not scored\n\n");
    let aside = document.blocks.iter().filter(|b| !b.is_prose());
    table(
        &mut out,
        &["reason", "text"],
        aside.map(|b| vec![b.reason.to_owned(), cell(b.span.slice(document.text))]),
    );
    let warnings: Vec<String> = article
        .warnings
        .iter()
        .chain(&marks.warnings)
        .map(|w| format!("- {}\n", cell(w)))
        .collect();
    if !warnings.is_empty() {
        out.push_str(&format!("## Warnings\n\n{}", warnings.concat()));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn lead(block: &Block) -> String {
    if block.is_prose() { String::new() } else { format!("*not scored: {}* ", block.reason) }
}

fn score(axis: &AxisExplanation<'_>) -> Vec<String> {
    let each: Vec<String> =
        axis.probabilities.0.iter().map(|(class, p)| format!("{class} {p:.2}")).collect();
    vec![
        axis.axis.to_owned(),
        axis.class.to_owned(),
        axis.value.map_or_else(String::new, |v| format!("{v:.2}")),
        each.join(", "),
        cell(axis.model),
    ]
}

fn effect(effect: &Effect<'_>) -> Vec<String> {
    let (words, more) = effect.words(WORDS);
    let mut shown: Vec<String> = words.iter().map(|w| cell(w)).collect();
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    let value = short(effect.value);
    vec![
        format!("{:+.2}", effect.contribution),
        format!("`{}`", effect.feature),
        value,
        effect.unit.to_owned(),
        shown.join(" · "),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_text_is_not_read_as_markdown() {
        assert_eq!(
            plain("<b>*x*</b> [a](b)\n- c\n# d"),
            "\\<b\\>\\*x\\*\\</b\\> \\[a\\](b)\n\\- c\n\\# d"
        );
        assert_eq!(cell("a\n|b"), "a \\|b");
    }
}
