//! Lines of the text, and paragraphs joined from lines that scraping or hard wrapping broke.

use super::label::Label;
use super::line::Line;
use super::passage::Passage;
use super::zone::{Zone, zone};
use super::{BlockKind, Span, Word};

/// One line of the text, trimmed, or several joined.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) span: Span,
    pub(super) blank_before: bool,
    pub(super) closed: bool,
    pub(super) zone: Option<&'static Zone>,
    /// What the format knows of it.
    pub(super) told: Option<Passage>,
    /// The speaker's label that opens it.
    pub(super) label: Option<Label>,
}

impl Row {
    /// It belongs to no paragraph but its own.
    fn apart(&self) -> bool {
        let kind = self.told.map(|passage| passage.kind);
        self.label.is_some()
            || kind.is_some_and(|k| !matches!(k, BlockKind::Prose | BlockKind::List))
    }
}

/// The lines of the text that are not blank, with what the format tells of them.
pub(super) fn rows(text: &str, told: &[Passage]) -> Vec<Row> {
    let mut out = Vec::new();
    let mut next = 0;
    let mut start = 0;
    let mut blank_before = true;
    for line in lines(text) {
        let body = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
        if body.is_empty() {
            // A carriage return before its line feed is no blank line.
            blank_before |= line != "\n" || !text[..start].ends_with('\r');
        } else {
            let offset = start + (body.as_ptr() as usize - line.as_ptr() as usize);
            let line = Line::new(body);
            let span = Span::new(offset, offset + body.len());
            let told = Passage::at(told, &mut next, span.start).copied();
            out.push(Row {
                span,
                blank_before,
                closed: line.is_closed(),
                zone: zone(line),
                told,
                label: None,
            });
            blank_before = false;
        }
        start += line.len();
    }
    out
}

/// The text cut behind each end of a line, which is sought among the bytes: most of them begin none.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.as_bytes();
        let ends = |at: usize| match bytes[at] {
            b'\n' | b'\r' => Some(at + 1),
            // U+2028 and U+2029.
            0xe2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])) => Some(at + 3),
            _ => None,
        };
        let (line, behind) = rest.split_at((0..bytes.len()).find_map(ends).unwrap_or(bytes.len()));
        rest = behind;
        Some(line)
    })
}

/// Shortest line that scraping may have broken in mid-sentence.
const BROKEN_LINE: usize = 30;

/// Joins lines that scraping or hard wrapping broke.
pub(super) fn join(text: &str, rows: &[Row]) -> Vec<Row> {
    let wrapped = wrapped_groups(rows);
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    let mut merged = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let line = row.span.slice(text);
        let glue = out.last().is_some_and(|last| {
            if row.apart() || rows[index - 1].told.is_some_and(|_| rows[index - 1].apart()) {
                return false;
            }
            if index > 0 && wrapped[index] && wrapped[index - 1] && !row.blank_before {
                return true;
            }
            let before = &rows[index - 1];
            let open = !before.closed && before.span.len() >= BROKEN_LINE;
            let goes_on = line.starts_with(char::is_lowercase) || line.starts_with([',', ';', '–']);
            let line_before = before.span.slice(text);
            let comma = !row.blank_before && line_before.ends_with(',');
            let hangs = open
                && (ends_hanging(line_before)
                    || (!row.blank_before && holds_a_sentence(line_before)));
            let broken = (open && goes_on) || comma || hangs;
            broken && before.zone.is_none() && similarity(last.span.slice(text), line) < REPEATED
        });
        match out.last_mut() {
            Some(last) if glue => {
                last.span = last.span.cover(row.span);
                merged.push(out.len() - 1);
            }
            _ => out.push(*row),
        }
    }
    merged.dedup();
    for index in merged {
        let line = Line::new(out[index].span.slice(text));
        out[index] = Row { closed: line.is_closed(), zone: zone(line), ..out[index] };
    }
    out
}

/// Words that no headline and no sentence ends with.
const HANGING: &[&str] = &[
    "a", "an", "the", "of", "at", "on", "by", "to", "for", "from", "with", "and", "or", "but",
    "that", "which", "who", "is", "was", "are", "were", "be", "has", "have", "had", "as", "than",
    "its", "his", "her", "their", "said", "says", "into", "will", "would",
];

/// A full stop behind a word, inside the line.
fn holds_a_sentence(line: &str) -> bool {
    line.match_indices(". ").any(|(at, _)| line[..at].ends_with(|c: char| c.is_lowercase()))
}

fn ends_hanging(line: &str) -> bool {
    let last = line.rsplit(char::is_whitespace).next().unwrap_or("");
    line.split_whitespace().count() >= 6 && HANGING.contains(&last)
}

/// Lines of a hard-wrapped paragraph: at least four in a run without a blank line, of like length, most of them open.
fn wrapped_groups(rows: &[Row]) -> Vec<bool> {
    let mut out = vec![false; rows.len()];
    let mut start = 0;
    for index in 1..=rows.len() {
        if index < rows.len() && !rows[index].blank_before && !rows[index].apart() {
            continue;
        }
        let group = &rows[start..index];
        if group.len() >= 4 {
            let body = &group[..group.len() - 1];
            let longest = body.iter().map(|r| r.span.len()).max().unwrap_or(0);
            let full = body.iter().filter(|r| r.span.len() + 24 >= longest).count();
            let open = body.iter().filter(|r| !r.closed).count();
            if (40..=110).contains(&longest)
                && full * 10 >= body.len() * 8
                && open * 10 >= body.len() * 6
            {
                out[start..index].fill(true);
            }
        }
        start = index;
    }
    out
}

/// Share of the words of the shorter of two lines that a repeated headline has in common with the first.
pub(super) const REPEATED: f64 = 0.7;

/// Words that two lines share, over the words of the shorter one; 0 for lines of under four words.
pub(super) fn similarity(a: &str, b: &str) -> f64 {
    if a.len().max(b.len()) > 400 {
        return 0.0;
    }
    let words = |t: &str| {
        let mut w: Vec<Word> = t
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(Word::of)
            .collect();
        w.sort_unstable();
        w.dedup();
        w
    };
    let (a, b) = (words(a), words(b));
    if a.len().min(b.len()) < 4 {
        return 0.0;
    }
    let shared = a.iter().filter(|w| b.binary_search(w).is_ok()).count();
    shared as f64 / a.len().min(b.len()) as f64
}
