//! The page of an article on a terminal.

use super::annotate::{Brackets, Pen, Role, draw};
use super::explanation::{Effect, short};
use super::page::{Page, Part, Table};
use super::table::{Side, fit, within};
use super::{block, line};
use crate::mark::Layer;
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

/// The page as text, its tables within `width` cells; with colours when asked for, with brackets otherwise.
#[must_use]
pub fn page(page: &Page<'_>, colours: bool, width: usize) -> String {
    let mut sheet = Sheet { out: String::new(), colours, width };
    let title = sheet.paint(BOLD, &line(page.title));
    sheet.line(title);
    let facts = page.facts.iter().copied().chain(page.url).map(line);
    let counts = page.counts.iter().map(|count| line(count));
    sheet.line(facts.chain(counts).collect::<Vec<_>>().join(" · "));
    for section in &page.sections {
        sheet.heading(&section.title);
        for part in &section.parts {
            sheet.part(part, page.scored);
        }
    }
    sheet.out
}

struct Sheet {
    out: String,
    colours: bool,
    width: usize,
}

impl Sheet {
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

    fn part(&mut self, part: &Part<'_>, scored: &Scored<'_>) {
        match part {
            Part::Note(note) => self.line(line(note)),
            Part::Table(table) => self.table(table),
            Part::Side(class, effects) => self.side(class, effects),
            Part::Balance(balance) => self.line(format!("  {}", balance.told())),
            Part::Text => self.text(scored),
        }
    }

    fn table(&mut self, table: &Table<'_>) {
        let rows: Vec<Vec<String>> = table
            .rows
            .iter()
            .take(table.most)
            .map(|row| row.cells.iter().map(|cell| cell.told().into_owned()).collect())
            .collect();
        self.line(within(&table.columns, &rows, self.width));
        if let Some(more @ 1..) = table.rows.len().checked_sub(table.most) {
            self.line(format!("and {more} more"));
        }
    }

    fn side(&mut self, class: &str, effects: &[Effect<'_>]) {
        if effects.is_empty() {
            return;
        }
        self.line(format!("  toward {class}:"));
        for effect in effects.iter().take(FEATURES) {
            self.line(format!("    {:+.2}  {}", effect.contribution, told(effect)));
        }
        if let Some(rest) = effects.get(FEATURES..).filter(|rest| !rest.is_empty()) {
            let sum: f64 = rest.iter().map(|e| e.contribution).sum();
            self.line(format!("    {sum:+.2}  {} more features", rest.len()));
        }
    }

    fn text(&mut self, scored: &Scored<'_>) {
        if self.colours {
            let legend = [
                (Role::Content(0), "attributed"),
                (Role::Source(0), "source"),
                (Role::Cue(0), "cue"),
                (Role::Word(Layer::Hedge, 0), "hedge"),
                (Role::Word(Layer::Booster, 0), "booster"),
                (Role::Word(Layer::Loaded, 0), "loaded"),
                (Role::Target(0, 0), "target"),
            ];
            let each = legend.map(|(role, name)| self.paint(style(&[role]), name));
            self.line(format!("{}\n", each.join("  ")));
            let out = std::mem::take(&mut self.out);
            let mut pen = Colours { out, open: Vec::new(), dim: false };
            draw(scored, &mut pen);
            self.out = pen.out;
        } else {
            self.line("{1: attributed}  {…|source 1}  {…|cue 1}  {…|hedge}  {…|booster}  {…|loaded}  {…|target}\n");
            let out = std::mem::take(&mut self.out);
            let mut pen = Brackets { out, write: |text| block(text).into_owned(), lead };
            draw(scored, &mut pen);
            self.out = pen.out;
        }
        self.out.truncate(self.out.trim_end().len());
        self.out.push('\n');
    }
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
            Role::Word(Layer::Booster, _) => (4, colour(AnsiColor::Magenta)),
            Role::Word(Layer::Hedge, _) => (5, colour(AnsiColor::Yellow)),
            Role::Word(..) => (6, colour(AnsiColor::Red).bold()),
            Role::Target(..) => continue,
        };
        if rank > strength {
            (strength, style) = (rank, next);
        }
    }
    let target = roles.iter().any(|role| matches!(role, Role::Target(..)));
    if target { style.underline() } else { style }
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
