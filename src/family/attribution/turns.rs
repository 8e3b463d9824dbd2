//! Turns of transcripts and interviews as direct statements of their speakers.

use super::directory::{Directory, Voice};
use crate::entity::thread::Thread;
use crate::mark::{Act, Attribution, Kind};
use crate::text::{BlockKind, Document, Span};

/// Confidence of a turn: the layout itself attributes.
pub(super) const TURN: f64 = 0.97;

/// Neighbouring blocks of one speaker; a label always begins another turn.
fn turns(document: &Document<'_>) -> Vec<(Option<Span>, Vec<Span>)> {
    let mut out: Vec<(Option<Span>, Vec<Span>)> = Vec::new();
    let mut open = false;
    for block in &document.blocks {
        match (block.kind, out.last_mut()) {
            (BlockKind::Turn, Some(last)) if open && last.0 == block.by => last.1.push(block.span),
            (BlockKind::Turn, _) => {
                out.push((block.by, vec![block.span]));
                open = true;
            }
            (BlockKind::Boilerplate, _) if block.reason == "stage-direction" => {}
            _ => open = false,
        }
    }
    out
}

/// The turns of a document, in order of place.
pub(super) fn attributions(document: &Document<'_>, thread: &Thread<'_, '_>) -> Vec<Attribution> {
    let turns = turns(document);
    if turns.is_empty() {
        return Vec::new();
    }
    let directory = Directory::read(document, thread);
    let attribution = |(by, content): (Option<Span>, Vec<Span>)| {
        let Voice { name, class, role } =
            by.map_or_else(|| directory.interviewee(), |by| directory.voice(document, by));
        Attribution {
            kind: Kind::Direct,
            source_class: class,
            act: Act::Speech,
            speakers: name.into_iter().collect(),
            role,
            reporter: None,
            confidence: TURN,
            source: by.into_iter().collect(),
            cue: Vec::new(),
            content,
        }
    };
    turns.into_iter().map(attribution).collect()
}
