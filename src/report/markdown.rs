//! The page of an article as Markdown.

use super::annotate::{Brackets, draw};
use super::block;
use super::explanation::{Effect, short};
use super::page::{Page, Part, Row};
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

/// The page as Markdown.
#[must_use]
pub fn page(page: &Page<'_>) -> String {
    let mut out = format!("# {}\n\n", cell(page.title));
    let facts = page.facts.iter().copied().chain(page.url);
    let all = facts.chain(page.counts.iter().map(String::as_str)).map(cell);
    out.push_str(&format!("{}\n\n", all.collect::<Vec<_>>().join(" · ")));
    for section in &page.sections {
        out.push_str(&format!("## {}\n\n", section.title));
        for part in &section.parts {
            match part {
                Part::Note(note) => out.push_str(&format!("{}\n\n", cell(note))),
                Part::Table(rows) => {
                    let heading: Vec<&str> = rows.columns.iter().map(|c| c.0).collect();
                    let told = |row: &Row<'_>| row.cells.iter().map(|c| cell(&c.told())).collect();
                    table(&mut out, &heading, rows.rows.iter().map(told));
                }
                Part::Side(_, effects) if effects.is_empty() => {}
                Part::Side(class, effects) => {
                    let toward = format!("toward {class}");
                    let heading = [toward.as_str(), "feature", "value", "unit", "words"];
                    table(&mut out, &heading, effects.iter().map(effect));
                }
                Part::Balance(balance) => out.push_str(&format!("{}.\n\n", balance.told())),
                Part::Text => text(&mut out, page.scored),
            }
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn text(out: &mut String, scored: &Scored<'_>) {
    out.push_str("Marks: `{1: attributed}`, `{…|source 1}`, `{…|cue 1}`, `{…|hedge}`, `{…|booster}`, `{…|loaded}`, `{…|target}`.\n\n");
    let mut pen = Brackets { out: std::mem::take(out), write: plain, lead };
    draw(scored, &mut pen);
    *out = pen.out;
}

fn lead(block: &Block) -> String {
    if block.is_prose() { String::new() } else { format!("*not scored: {}* ", block.reason) }
}

fn effect(effect: &Effect<'_>) -> Vec<String> {
    let (words, more) = effect.words(WORDS);
    let mut shown: Vec<String> = words.iter().map(|w| cell(w)).collect();
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    vec![
        format!("{:+.2}", effect.contribution),
        format!("`{}`", effect.feature),
        short(effect.value),
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
