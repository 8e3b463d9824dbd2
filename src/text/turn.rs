//! Turns of a script as blocks.

use super::Span;
use super::block::{Block, BlockKind};
use super::direction::directions;
use super::label::Voice;
use super::line::Line;
use super::row::Row;
use super::script::{Script, is_note};

/// Reason of the block that a speaker's label makes.
pub(super) const LABEL: &str = "speaker-label";
/// Reasons of what stands in a transcript beside its turns.
pub(super) const DIRECTION: &str = "stage-direction";
const QUESTION: &str = "question";

/// Most words of a heading between turns.
const HEADING: usize = 8;

/// Whose words the next line holds, when it has no label.
#[derive(Clone, Copy)]
struct Speaking {
    kind: BlockKind,
    by: Option<Span>,
}

/// Goes through the paragraphs of a script.
pub(super) struct Turns<'s> {
    script: &'s Script,
    now: Option<Speaking>,
    /// Who asks the questions that have no name: "BY MR. HOLM:".
    asker: Option<Span>,
}

impl<'s> Turns<'s> {
    pub(super) fn new(script: &'s Script) -> Self {
        Turns { script, now: None, asker: None }
    }

    /// Makes blocks of a paragraph that is, or belongs to, a turn; `false` when it is something else.
    pub(super) fn take(&mut self, text: &str, row: &Row, out: &mut Vec<Block>) -> bool {
        let Some(label) = row.label else { return self.go_on(text, row, out) };
        let (kind, by) = match label.voice {
            Voice::Named => (BlockKind::Turn, label.by),
            Voice::Answers => (BlockKind::Turn, None),
            Voice::Asks if self.asker.is_some() => (BlockKind::Turn, self.asker),
            Voice::Asks => (BlockKind::Question, None),
        };
        if label.examines {
            self.asker = label.by;
        }
        if row.span.from() < label.end {
            out.push(block(text, row.span.from(), label.end, BlockKind::Boilerplate, LABEL, None));
        }
        self.say(text, Span::new(label.end, row.span.to()), Speaking { kind, by }, out);
        let ends = !self.script.long && row.span.start >= self.script.last;
        let worded = label.end < row.span.to();
        let unlabelled = kind == BlockKind::Question && !self.script.answers;
        self.now = Some(Speaking { kind, by })
            .filter(|_| (self.script.dense && !ends) || !worded || unlabelled);
        true
    }

    fn go_on(&mut self, text: &str, row: &Row, out: &mut Vec<Block>) -> bool {
        let Some(now) = self.now else { return false };
        let line = Line::new(row.span.slice(text));
        if row.zone.is_some() {
            return false;
        }
        // Behind a heading somebody else may speak.
        if line.is_headline() && !row.closed && line.words() <= HEADING {
            self.now = None;
            return false;
        }
        if is_note(line.text) {
            self.now = None;
            return false;
        }
        let now = if now.kind == BlockKind::Question && !self.script.answers {
            Speaking { kind: BlockKind::Turn, by: None }
        } else {
            now
        };
        self.now = Some(now);
        self.say(text, row.span, now, out);
        true
    }

    /// The words of a turn, stage directions cut out.
    fn say(&self, text: &str, words: Span, speaking: Speaking, out: &mut Vec<Block>) {
        let reason = if speaking.kind == BlockKind::Question { QUESTION } else { "" };
        let mut start = words.from();
        for direction in directions(text, words) {
            let (from, to) = (direction.from(), direction.to());
            push(text, start, from, speaking, reason, out);
            out.push(block(text, from, to, BlockKind::Boilerplate, DIRECTION, None));
            start = to;
        }
        push(text, start, words.to(), speaking, reason, out);
    }
}

fn push(
    text: &str,
    from: usize,
    to: usize,
    speaking: Speaking,
    reason: &'static str,
    out: &mut Vec<Block>,
) {
    let made = block(text, from, to, speaking.kind, reason, speaking.by);
    if made.span.slice(text).chars().any(char::is_alphanumeric) {
        out.push(made);
    }
}

fn block(
    text: &str,
    from: usize,
    to: usize,
    kind: BlockKind,
    reason: &'static str,
    by: Option<Span>,
) -> Block {
    let slice = &text[from..to];
    let start = from + slice.len() - slice.trim_start().len();
    let span = Span::new(start, start + slice.trim().len());
    Block { span, kind, reason, by }
}
