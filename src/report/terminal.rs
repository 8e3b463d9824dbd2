//! `explain` on a terminal: the article with its marks, the speakers, and what each score rests on.

use super::annotate::{Brackets, Pen, Role, draw};
use super::explanation::{AxisExplanation, Effect, Explanation};
use super::quotes::SHOWN_FROM;
use super::table::{Side, fit, whole};
use super::{block, line};
use crate::mark::Attribution;
use crate::score::Scored;
use crate::text::Block;
use anstyle::{AnsiColor, Color, Style};
use std::fmt::Write;

/// Features shown for each direction of an axis.
const FEATURES: usize = 6;
/// Words shown for each feature.
const WORDS: usize = 6;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

fn colour(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(Color::Ansi(colour)))
}

/// The explanation as text; with colours when asked for, with brackets otherwise.
#[must_use]
pub fn explain(scored: &Scored<'_>, explanation: &Explanation<'_>, colours: bool) -> String {
    let mut page = Page { out: String::new(), colours };
    head(&mut page, scored);
    scores(&mut page, scored, explanation);
    people(&mut page, scored);
    text(&mut page, scored);
    attributions(&mut page, scored);
    for axis in &explanation.axes {
        rests_on(&mut page, axis);
    }
    skipped(&mut page, scored);
    warnings(&mut page, scored);
    page.out
}

struct Page {
    out: String,
    colours: bool,
}

impl Page {
    fn line(&mut self, text: impl AsRef<str>) {
        self.out.push_str(text.as_ref());
        self.out.push('\n');
    }

    fn paint(&self, style: Style, text: &str) -> String {
        if self.colours { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    fn heading(&mut self, text: &str) {
        let painted = self.paint(BOLD, text);
        self.line(format!("\n{painted}"));
    }
}

fn head(page: &mut Page, scored: &Scored<'_>) {
    let article = scored.article;
    let headline = scored.document.headline().map(|b| b.span.slice(scored.document.text));
    let title = article.title.as_deref().or(headline).unwrap_or(&article.id);
    let title = page.paint(BOLD, &line(title));
    page.line(title);
    let given = [&article.outlet, &article.section, &article.byline, &article.date, &article.url];
    let mut parts: Vec<String> =
        given.into_iter().flatten().map(|part| line(part).into_owned()).collect();
    parts.push(line(&article.source).into_owned());
    parts.push(format!("{} words of prose", scored.document.words));
    parts.push(format!("{} words set aside", scored.document.skipped_words()));
    parts.push(scored.language.short().to_owned());
    page.line(parts.join(" · "));
}

fn percent(p: f64) -> String {
    format!("{:.0} %", 100.0 * p)
}

fn scores(page: &mut Page, scored: &Scored<'_>, explanation: &Explanation<'_>) {
    page.heading("Scores");
    if let Some(unscored) = &scored.unscored {
        page.line(format!("unscored: {}", line(&unscored.reason)));
    } else if explanation.axes.is_empty() {
        page.line("no models, so no scores; the marks are shown");
    }
    let rows: Vec<Vec<String>> = explanation
        .axes
        .iter()
        .map(|a| {
            let each: Vec<String> = a
                .probabilities
                .0
                .iter()
                .map(|(class, p)| format!("{class} {}", percent(*p)))
                .collect();
            vec![
                a.axis.to_owned(),
                a.class.to_owned(),
                a.value.map_or_else(String::new, |v| format!("{v:.2}")),
                each.join(", "),
                a.model.to_owned(),
            ]
        })
        .collect();
    if !rows.is_empty() {
        let columns = [
            ("axis", Side::Left),
            ("class", Side::Left),
            ("value", Side::Right),
            ("probabilities", Side::Left),
            ("model", Side::Left),
        ];
        page.line(whole(&columns, &rows, 90));
    }
}

fn people(page: &mut Page, scored: &Scored<'_>) {
    let marks = &scored.marks;
    page.heading("Speakers");
    let rows: Vec<Vec<String>> = marks
        .speakers
        .iter()
        .map(|s| {
            vec![
                s.name.clone(),
                s.class.name().to_owned(),
                s.attributions.to_string(),
                s.words.to_string(),
            ]
        })
        .collect();
    if rows.is_empty() {
        page.line("nobody is quoted or reported");
    } else {
        let columns = [
            ("speaker", Side::Left),
            ("class", Side::Left),
            ("attributions", Side::Right),
            ("words", Side::Right),
        ];
        page.line(whole(&columns, &rows, 40));
    }
    let rows: Vec<Vec<String>> = marks
        .targets
        .iter()
        .map(|t| {
            vec![
                t.name.clone(),
                t.polarity.class().to_owned(),
                format!("{:+.2}", t.polarity.value()),
                t.mentions.len().to_string(),
            ]
        })
        .collect();
    if !rows.is_empty() {
        page.heading("Stance");
        let columns = [
            ("toward", Side::Left),
            ("class", Side::Left),
            ("value", Side::Right),
            ("mentions", Side::Right),
        ];
        page.line(whole(&columns, &rows, 40));
    }
}

fn text(page: &mut Page, scored: &Scored<'_>) {
    page.heading("Text");
    if page.colours {
        let legend = [
            Role::Content(0),
            Role::Source(0),
            Role::Cue(0),
            Role::Hedge,
            Role::Booster,
            Role::Loaded,
            Role::Target,
        ];
        let names = ["attributed", "source", "cue", "hedge", "booster", "loaded", "target"];
        let each: Vec<String> = legend
            .iter()
            .zip(names)
            .map(|(role, name)| page.paint(style(&[*role]), name))
            .collect();
        page.line(format!("{}\n", each.join("  ")));
        let mut pen = Colours { out: std::mem::take(&mut page.out), open: Vec::new(), dim: false };
        draw(scored, &mut pen);
        page.out = pen.out;
    } else {
        page.line("{1: attributed}  {…|source 1}  {…|cue 1}  {…|hedge}  {…|booster}  {…|loaded}  {…|target}\n");
        let out = std::mem::take(&mut page.out);
        let mut pen = Brackets { out, write: |text| block(text).into_owned(), lead };
        draw(scored, &mut pen);
        page.out = pen.out;
    }
    page.out.truncate(page.out.trim_end().len());
    page.out.push('\n');
}

fn lead(block: &Block) -> String {
    if block.is_prose() { String::new() } else { format!("[not scored: {}] ", block.reason) }
}

struct Colours {
    out: String,
    open: Vec<Role>,
    dim: bool,
}

/// The strongest role gives the colour; a target is underlined besides.
fn style(roles: &[Role]) -> Style {
    let mut style = Style::new();
    let mut strength = 0;
    for role in roles {
        let (rank, next) = match role {
            Role::Content(_) => (1, colour(AnsiColor::Cyan)),
            Role::Source(_) => (2, colour(AnsiColor::Blue).bold()),
            Role::Cue(_) => (3, colour(AnsiColor::Green)),
            Role::Booster => (4, colour(AnsiColor::Magenta)),
            Role::Hedge => (5, colour(AnsiColor::Yellow)),
            Role::Loaded => (6, colour(AnsiColor::Red).bold()),
            Role::Target => continue,
        };
        if rank > strength {
            (strength, style) = (rank, next);
        }
    }
    if roles.contains(&Role::Target) { style.underline() } else { style }
}

impl Pen for Colours {
    fn begin(&mut self, block: &Block) {
        self.dim = !block.is_prose();
        if self.dim {
            self.out.push_str(&format!("{DIM}{}{DIM:#}", lead(block)));
        }
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let style = if self.dim { style(&self.open).dimmed() } else { style(&self.open) };
        self.out.push_str(&format!("{style}{}{style:#}", block(text)));
    }

    fn open(&mut self, role: Role) {
        self.open.push(role);
    }

    fn close(&mut self, role: Role) {
        if let Some(at) = self.open.iter().rposition(|open| *open == role) {
            self.open.remove(at);
        }
    }

    fn end(&mut self) {
        self.out.push_str("\n\n");
    }
}

/// What an attribution is called in a list.
pub(super) fn who(attribution: &Attribution, text: &str) -> String {
    let words = || attribution.source.first().map(|s| s.slice(text).to_owned());
    let mut who = Some(attribution.speakers.join(" and "))
        .filter(|s| !s.is_empty())
        .or_else(words)
        .unwrap_or_else(|| "nobody named".to_owned());
    if let Some(reporter) = &attribution.reporter {
        who = format!("{who}, by way of {reporter}");
    }
    who
}

fn attributions(page: &mut Page, scored: &Scored<'_>) {
    let all = &scored.marks.attributions;
    if all.is_empty() {
        return;
    }
    page.heading("Who said what");
    let text = scored.document.text;
    let slices = |spans: &[crate::text::Span]| {
        spans.iter().map(|s| s.slice(text)).collect::<Vec<_>>().join(" … ")
    };
    let rows: Vec<Vec<String>> = all
        .iter()
        .enumerate()
        .filter(|(_, a)| a.confidence >= SHOWN_FROM)
        .map(|(index, a)| {
            let class = a.source_class.name().to_owned();
            let confidence = format!("{:.2}", a.confidence);
            vec![
                (index + 1).to_string(),
                who(a, text),
                class,
                a.kind.name().to_owned(),
                slices(&a.cue),
                confidence,
                slices(&a.content),
            ]
        })
        .collect();
    let columns = ["", "who", "class", "kind", "cue", "sure", "what"]
        .map(|name| (name, if name.is_empty() { Side::Right } else { Side::Left }));
    page.line(whole(&columns, &rows, 48));
    if rows.len() < all.len() {
        page.line(format!("({} below {SHOWN_FROM} left out: more often wrong than right. They stand in --format json.)", all.len() - rows.len()));
    }
}

/// Class, value and measured share of an axis.
pub(super) fn title(axis: &AxisExplanation<'_>) -> String {
    let value = axis.value.map(|v| format!("value {v:.2}"));
    let measure = axis.measure.map(|m| format!("measured {m:.2}"));
    let numbers: Vec<String> = value.into_iter().chain(measure).collect();
    let numbers =
        if numbers.is_empty() { String::new() } else { format!(" ({})", numbers.join(", ")) };
    format!("{}: {}{numbers}", axis.axis, axis.class)
}

fn rests_on(page: &mut Page, axis: &AxisExplanation<'_>) {
    page.heading(&title(axis));
    page.line(axis.doc);
    sides(
        page,
        &[
            (&axis.up, &format!("toward {}", axis.high)),
            (&axis.down, &format!("toward {}", axis.low)),
        ],
    );
    page.line(balance(axis));
}

fn sides(page: &mut Page, sides: &[(&[Effect<'_>], &str)]) {
    for (effects, how) in sides {
        if effects.is_empty() {
            continue;
        }
        page.line(format!("  {how}:"));
        for effect in effects.iter().take(FEATURES) {
            page.line(format!("    {:+.2}  {}", effect.contribution, told(effect)));
        }
        if let Some(rest) = effects.get(FEATURES..).filter(|rest| !rest.is_empty()) {
            let sum: f64 = rest.iter().map(|e| e.contribution).sum();
            page.line(format!("    {sum:+.2}  {} more features", rest.len()));
        }
    }
}

/// The sum that the contributions make.
pub(super) fn balance(axis: &AxisExplanation<'_>) -> String {
    format!(
        "  an average article {:+.2}, this one's features {:+.2}: together {:+.2} = logit({}) − logit({})",
        axis.base, axis.sum, axis.difference, axis.high, axis.low
    )
}

fn told(effect: &Effect<'_>) -> String {
    let (words, more) = effect.words(WORDS);
    let mut out = format!("{} = {} ({})", effect.feature, short(effect.value), effect.unit);
    if !words.is_empty() {
        let each: Vec<String> =
            words.iter().map(|w| fit(w, 40, Side::Left).trim_end().to_owned()).collect();
        // Writing into a String cannot fail.
        let _always_ok = write!(out, ": {}", each.join(" · "));
    }
    if more > 0 {
        let _always_ok = write!(out, " and {more} more");
    }
    out
}

/// A number with as many decimals as it needs, two at most.
pub(super) fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn skipped(page: &mut Page, scored: &Scored<'_>) {
    let rows: Vec<Vec<String>> = scored
        .document
        .blocks
        .iter()
        .filter(|b| !b.is_prose())
        .map(|b| vec![b.reason.to_owned(), b.span.slice(scored.document.text).to_owned()])
        .collect();
    if !rows.is_empty() {
        page.heading("Not scored");
        page.line(whole(&[("reason", Side::Left), ("text", Side::Left)], &rows, 80));
    }
}

fn warnings(page: &mut Page, scored: &Scored<'_>) {
    let all: Vec<&String> = scored.article.warnings.iter().chain(&scored.marks.warnings).collect();
    if !all.is_empty() {
        page.heading("Warnings");
        for warning in all {
            page.line(line(warning));
        }
    }
}
