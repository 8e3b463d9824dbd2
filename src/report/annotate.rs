//! The article with its marks drawn in: one walk over blocks and the ends of marks, for any pen.

use super::page::shown;
use crate::mark::Layer;
use crate::score::Scored;
use crate::text::{Block, Span};

/// What a drawn mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Content of the attribution with this number, from 1.
    Content(usize),
    /// Its source.
    Source(usize),
    /// Its cue.
    Cue(usize),
    /// A word of a layer of single words, with its place in the layer.
    Word(Layer, usize),
    /// A mention: which target, and which mention of it.
    Target(usize, usize),
}

/// Layers of single words that are drawn, with the names of their marks.
pub(super) const WORDS: &[(Layer, &str)] =
    &[(Layer::Hedge, "hedge"), (Layer::Booster, "booster"), (Layer::Loaded, "loaded")];

/// Draws text and marks.
pub(super) trait Pen {
    /// A block begins; for one that is not prose the block tells why.
    fn begin(&mut self, block: &Block);
    /// Text under the marks that are open.
    fn text(&mut self, text: &str);
    /// A mark opens.
    fn open(&mut self, role: Role);
    /// A mark closes.
    fn close(&mut self, role: Role);
    /// The block ends.
    fn end(&mut self);
}

struct Stretch {
    span: Span,
    role: Role,
}

fn stretches(scored: &Scored<'_>) -> Vec<Stretch> {
    let marks = &scored.marks;
    let mut out = Vec::new();
    for (number, attribution) in shown(scored) {
        let roles = [
            (&attribution.content, Role::Content(number)),
            (&attribution.source, Role::Source(number)),
            (&attribution.cue, Role::Cue(number)),
        ];
        for (spans, role) in roles {
            out.extend(spans.iter().map(|span| Stretch { span: *span, role }));
        }
    }
    for (layer, _) in WORDS {
        let words = marks.layer(*layer).iter().enumerate();
        out.extend(words.map(|(at, m)| Stretch { span: m.span, role: Role::Word(*layer, at) }));
    }
    for (target, found) in marks.targets.iter().enumerate() {
        let mentions = found.mentions.iter().enumerate();
        out.extend(
            mentions.map(|(at, m)| Stretch { span: m.span, role: Role::Target(target, at) }),
        );
    }
    out.retain(|s| !s.span.is_empty());
    out
}

/// The end of a mark: where, closing before opening, and inner marks inside outer ones.
fn ends(stretches: &[Stretch]) -> Vec<(u32, bool, i64, usize)> {
    let mut out = Vec::with_capacity(stretches.len() * 2);
    for (index, Stretch { span, .. }) in stretches.iter().enumerate() {
        out.push((span.start, true, -i64::from(span.end), index));
        out.push((span.end, false, -i64::from(span.start), index));
    }
    out.sort_unstable();
    out
}

/// Draws the article's blocks in order.
pub(super) fn draw(scored: &Scored<'_>, pen: &mut impl Pen) {
    let stretches = stretches(scored);
    let ends = ends(&stretches);
    let mut next = 0;
    for block in &scored.document.blocks {
        pen.begin(block);
        let mut at = block.span.start;
        while let Some((place, opens, _, index)) = ends
            .get(next)
            .copied()
            .filter(|e| e.0 < block.span.end || (e.0 == block.span.end && !e.1))
        {
            if place > at {
                pen.text(Span { start: at, end: place }.slice(scored.document.text));
                at = place;
            }
            let role = stretches[index].role;
            if opens {
                pen.open(role)
            } else {
                pen.close(role)
            }
            next += 1;
        }
        pen.text(Span { start: at, end: block.span.end }.slice(scored.document.text));
        pen.end();
    }
}

/// Marks as brackets: `{may|hedge}`, `{1: content}`. For wherever there is no colour.
pub(super) struct Brackets {
    pub(super) out: String,
    /// How the article's own text is written.
    pub(super) write: fn(&str) -> String,
    /// What stands before a block that is set aside, and before one that is not.
    pub(super) lead: fn(&Block) -> String,
}

impl Pen for Brackets {
    fn begin(&mut self, block: &Block) {
        self.out.push_str(&(self.lead)(block));
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(&(self.write)(text));
    }

    fn open(&mut self, role: Role) {
        match role {
            Role::Content(number) => self.out.push_str(&format!("{{{number}: ")),
            _ => self.out.push('{'),
        }
    }

    fn close(&mut self, role: Role) {
        let name = match role {
            Role::Content(_) => return self.out.push('}'),
            Role::Source(number) => format!("source {number}"),
            Role::Cue(number) => format!("cue {number}"),
            Role::Word(layer, _) => {
                WORDS.iter().find(|(drawn, _)| *drawn == layer).map_or("", |w| w.1).to_owned()
            }
            Role::Target(..) => "target".to_owned(),
        };
        self.out.push_str(&format!("|{name}}}"));
    }

    fn end(&mut self) {
        self.out.push_str("\n\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::mark::{Attribution, Kind, SourceClass};
    use crate::score::Scorer;

    #[test]
    fn marks_are_drawn_inside_one_another_and_over_blocks() {
        let article = Article::from_text(
            "1",
            "Marr said it may rain all day long here.\n\nIt might not, he also told us on Monday.",
        );
        let mut scored = Scorer::builtin().expect("builtin").score(&article);
        let find = |words: &str| {
            let at = article.text.find(words).expect("in the text");
            Span::new(at, at + words.len())
        };
        let (source, cue, content) =
            (find("Marr"), find("said"), find("it may rain all day long here.\n\nIt might not"));
        scored.marks.attributions = vec![Attribution {
            kind: Kind::Indirect,
            source_class: SourceClass::Person,
            act: crate::mark::Act::Speech,
            speakers: Vec::new(),
            role: None,
            reporter: None,
            confidence: 1.0,
            source: vec![source],
            cue: vec![cue],
            content: vec![content],
        }];
        let mut pen =
            Brackets { out: String::new(), write: str::to_owned, lead: |_| String::new() };
        draw(&scored, &mut pen);
        let expected = "{Marr|source 1} {said|cue 1} {1: it {may|hedge} rain all day long here.\n\nIt {might|hedge} not}, he also told us on Monday.\n\n";
        assert!(pen.out == expected, "{}", pen.out);
    }
}
