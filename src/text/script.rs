//! Is a text speech written down turn by turn? Told by its lines together, as any line may begin with a word and a colon.

use super::form::Form;
use super::label::{Label, Strength, Voice, label};
use super::line::Line;
use super::row::Row;
use super::{BlockKind, Span, Word};
use std::collections::BTreeMap;

/// A text with speakers' labels.
pub(super) struct Script {
    pub(super) form: Form,
    /// Answers have labels: a line without one behind a question belongs to the question.
    pub(super) answers: bool,
    /// Lines without a label belong to the turn before them, between two labels.
    pub(super) dense: bool,
    /// The same behind the last label: turns have several paragraphs here.
    pub(super) long: bool,
    /// Where the last labelled line begins.
    pub(super) last: u32,
}

/// Labels that are looked for in the text, each from its beginning to its end.
const NAMES: usize = 16;

/// What the lines with labels have in common.
#[derive(Default)]
struct Count {
    asks: usize,
    answers: usize,
    named: usize,
    /// Lines that end as sentences do, of those with words.
    closed: usize,
    worded: usize,
    titled: usize,
    /// Lines by the last word of their label, and how many of them end in a question mark.
    keys: BTreeMap<Word, Key>,
}

#[derive(Default, Clone, Copy)]
struct Key {
    lines: usize,
    questions: usize,
    strength: Option<Strength>,
}

/// Finds the labels of a text, and leaves them in its rows when they make a script. One look at the beginning of each line.
pub(super) fn find(text: &str, rows: &mut [Row]) -> Option<Script> {
    let mut found = 0;
    for row in rows.iter_mut() {
        row.label = match row.told.map(|told| told.kind) {
            // The format knows that it is a question: there is no label to cut off.
            Some(BlockKind::Question) => Some(Label::question(row.span.from())),
            _ => label(row.span.slice(text), row.span.from()),
        };
        found += usize::from(row.label.is_some());
    }
    let script = if found >= 2 { judge(text, rows) } else { None };
    if script.is_none() && found > 0 {
        rows.iter_mut().for_each(|row| row.label = None);
    }
    if script.is_some() {
        unnamed(text, rows);
    }
    script
}

/// Where captions tell a change of speaker by ">>", one without a name ends the turn before it: the words are nobody's that is
/// known.
fn unnamed(text: &str, rows: &mut [Row]) {
    const CHANGE: &str = ">>";
    let changes = |row: &Row| row.span.slice(text).starts_with(CHANGE);
    if !rows.iter().any(|row| row.label.is_some() && changes(row)) {
        return;
    }
    for row in rows.iter_mut().filter(|row| row.label.is_none() && changes(row)) {
        let line = row.span.slice(text);
        let words = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
        row.label = Some(Label::question(row.span.from() + line.len() - words.len()));
    }
}

fn judge(text: &str, rows: &mut [Row]) -> Option<Script> {
    let count = count(text, rows);
    // A bare line with a name is a label where it comes again, or several others do.
    let known = |label: &Label| {
        count.keys.get(&label.key).is_some_and(|k| k.lines >= 2) || count.repeated() >= 2
    };
    let lettered = count.asks > 0 && (count.answers > 0 || count.named >= 2 || count.asks >= 3);
    let names =
        count.makes_names(|key, strength| strength != Strength::Word || seen(text, rows, key));
    if !(lettered || names) {
        return None;
    }
    for row in rows.iter_mut() {
        let stays = |l: &Label| match l.voice {
            Voice::Asks => true,
            Voice::Answers => count.asks > 0,
            Voice::Named if l.strength == Strength::Bare => known(l),
            Voice::Named => names || l.strength >= Strength::Name,
        };
        row.label = row.label.filter(stays);
    }
    script(text, rows, &count)
}

impl Count {
    fn repeated(&self) -> usize {
        self.keys.values().filter(|k| k.lines >= 2).count()
    }

    /// Do the labels with names make a script by themselves?
    fn makes_names(&self, is_name: impl Fn(Word, Strength) -> bool) -> bool {
        let sentences = self.closed * 10 >= self.worded * 6;
        let several = self.keys.len() >= 2 || self.asks > 0;
        let again = self.named + self.asks >= 3 && self.repeated() >= 1;
        // Each speaks once, but each with office: a panel.
        let panel = self.named >= 2 && self.titled == self.named;
        let known = |(key, k): (&Word, &Key)| k.strength.is_some_and(|s| is_name(*key, s));
        sentences
            && self.worded > 0
            && several
            && (again || panel)
            && self.keys.iter().filter(|(_, k)| k.lines >= 2).take(NAMES).all(known)
    }
}

fn count(text: &str, rows: &[Row]) -> Count {
    let mut out = Count::default();
    for row in rows {
        let Some(label) = row.label else { continue };
        match label.voice {
            Voice::Asks => out.asks += 1,
            Voice::Answers => out.answers += 1,
            Voice::Named => {
                let words = text[label.end..row.span.to()].trim();
                let question = words.ends_with('?');
                out.named += 1;
                out.titled += usize::from(label.strength == Strength::Titled && !words.is_empty());
                let key = out.keys.entry(label.key).or_default();
                key.lines += 1;
                key.questions += usize::from(question);
                key.strength = key.strength.max(Some(label.strength));
                if !words.is_empty() {
                    out.worded += 1;
                    out.closed += usize::from(row.closed || Line::new(words).is_closed());
                } else {
                    // The words stand on the next line.
                    out.worded += 1;
                    out.closed += 1;
                }
            }
        }
    }
    out
}

/// Is a single word before a colon the last part of a name that the text has in full?
fn seen(text: &str, rows: &[Row], key: Word) -> bool {
    let Some(by) = rows.iter().filter_map(|r| r.label).find(|l| l.key == key).and_then(|l| l.by)
    else {
        return false;
    };
    let name = by.slice(text);
    let mut before = text.match_indices(name).map(|(at, _)| &text[..at]).take(SEEN);
    before.any(|head| {
        let last = head.strip_suffix(' ').and_then(|h| h.rsplit(char::is_whitespace).next());
        last.is_some_and(|w| {
            w.len() >= 2
                && w.starts_with(char::is_uppercase)
                && w.chars().all(char::is_alphanumeric)
        })
    }) || text.match_indices(name).any(|(at, _)| {
        // "Marta Lindqvist" for "Marta:".
        let behind = text[at + name.len()..].strip_prefix(' ').unwrap_or("");
        behind.starts_with(char::is_uppercase)
    })
}

/// Places that are looked at for a name.
const SEEN: usize = 40;

fn script(text: &str, rows: &[Row], count: &Count) -> Option<Script> {
    let first = rows.iter().position(|r| r.label.is_some())?;
    let last = rows.iter().rposition(|r| r.label.is_some())?;
    let labelled = rows[first..=last].iter().filter(|r| r.label.is_some()).count();
    let plain = |r: &&Row| r.label.is_none() && r.zone.is_none();
    let others = rows[first..=last].iter().filter(plain).count();
    let strong = labelled >= 6 && count.titled * 2 >= labelled;
    let dense = labelled * 2 >= others || strong;
    if !dense && count.asks == 0 {
        return None;
    }
    let bytes = |rows: &[Row]| rows.iter().map(|r| r.span.len()).sum::<usize>();
    let share = bytes(&rows[first..=last]) * 10 >= bytes(rows) * 4;
    let alone = count.keys.len() <= 1 && count.titled == 0;
    let asked = count.asks > 0 && alone;
    let two = count.keys.len() == 2
        && count.named >= 4
        && count.keys.values().any(|k| k.questions * 10 >= k.lines * 6);
    let form = match (dense && share, asked || two && count.asks == 0 && count.titled == 0) {
        (false, _) => Form::Article,
        (true, true) => Form::Interview,
        (true, false) => Form::Transcript,
    };
    let long = rows[first..=last].windows(2).any(|w| {
        let worded = |l: Label| !text[l.end..w[0].span.to()].trim().is_empty();
        w[0].label.is_some_and(worded) && plain(&&w[1])
    });
    Some(Script { form, answers: count.answers > 0, dense, long, last: rows[last].span.start })
}

/// A line that tells how the script was made, and is no turn.
pub(super) fn is_note(line: &str) -> bool {
    const NOTES: &[&str] = &[
        "this interview",
        "this transcript",
        "this conversation",
        "the interview was",
        "this q&a",
        "edited for length",
        "end of transcript",
        "transcript provided",
        "transcribed by",
        "edited for clarity",
    ];
    let head = Span::new(0, line.len().min(200)).slice(line).to_lowercase();
    NOTES.iter().any(|n| head.contains(n))
}
