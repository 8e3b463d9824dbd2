//! Stance: whom the article is about, and on which side it stands toward them.

mod features;
pub(crate) mod inputs;
mod kind;
pub(crate) mod polarity;
pub(crate) mod stem;
mod sums;
mod targets;
#[cfg(test)]
mod tests;
pub(crate) mod whole;

use crate::entity::state_code;
use crate::family::def::{Context, Family};
use crate::mark::{Layer, Mark, Marks, Mention, Polarity, Role, Target};
use crate::text::Span;
use inputs::{TASK, Window};
use polarity::{WORDS, WordPolarity};
use whole::{OUTPUTS, Whole};

/// The classes of the list.
pub(crate) const CLASSES: &[&str] = &["praise", "blame", "positive", "negative"];

/// The stance family.
pub(crate) static FAMILY: Family = Family {
    name: "stance",
    doc: "On which side the article stands toward those it is about: against, neutral or for, at each mention and over all, its own voice apart from its sources'.",
    reads: &[Layer::Content, Layer::Loaded],
    writes: &[Layer::Target],
    classes: CLASSES,
    lexicon: include_str!("lexicon.toml"),
    cases: include_str!("cases.toml"),
    mark,
    features: features::FEATURES,
};

fn mark(context: &Context<'_>, marks: &mut Marks) {
    let document = context.document;
    let found = targets::find(context, marks);
    // (target, place among its mentions) by sentence, so that a sentence is made ready once.
    let mut places: Vec<(usize, usize, usize)> = Vec::new();
    for (target, one) in found.iter().enumerate() {
        for (place, span) in one.mentions.iter().enumerate() {
            if let Some(sentence) = document.sentence_at(span.start) {
                places.push((sentence, target, place));
            }
        }
    }
    places.sort_unstable();
    // At each mention: the stance, and what the words around it add to stance and role of the whole.
    let mut judged: Vec<Vec<(Polarity, [f64; OUTPUTS])>> = found
        .iter()
        .map(|f| vec![(Polarity::default(), [0.0; OUTPUTS]); f.mentions.len()])
        .collect();
    let table = WordPolarity::new(context.models.get(WORDS));
    let decision = context.models.get(whole::TASK);
    for chunk in places.chunk_by(|a, b| a.0 == b.0) {
        let window =
            Window::new(document, document.sentences[chunk[0].0].tokens(), context.lexicon, &table);
        for &(_, target, place) in chunk {
            let mention = found[target].mentions[place];
            judged[target][place] = (
                judge(context, &window, mention),
                decision.map_or([0.0; OUTPUTS], |d| whole::words(d, &window, mention)),
            );
        }
    }
    let voices = Voices::new(marks);
    let whole = Whole::of(document, marks);
    let mut targets = Vec::with_capacity(found.len());
    for (one, judged) in found.into_iter().zip(judged) {
        let voiced = one.mentions.into_iter().zip(&judged);
        let mut mentions: Vec<Mention> = voiced
            .map(|(span, (polarity, _))| voices.mention(context, marks, span, *polarity))
            .collect();
        let (mut polarity, mut role) = (Polarity::default(), Role::default());
        if let Some(decision) = decision.filter(|_| !mentions.is_empty()) {
            let mut all = [0.0; OUTPUTS];
            let mut roles = Vec::with_capacity(mentions.len());
            for (mention, (_, words)) in mentions.iter().zip(&judged) {
                let share = whole::share(mention.own_voice, mentions.len());
                all.iter_mut().zip(words).for_each(|(sum, w)| *sum += share * w);
                let alone = whole::numbers(document, marks, &whole, std::iter::once(mention));
                roles.push(whole::judge(decision, words, &alone).1);
            }
            mentions.iter_mut().zip(roles).for_each(|(mention, role)| mention.role = role);
            let numbers = whole::numbers(document, marks, &whole, mentions.iter());
            (polarity, role) = whole::judge(decision, &all, &numbers);
        }
        if let Some(mention) = mentions.first().filter(|_| one.at_mention) {
            polarity = mention.polarity;
        }
        let code = state_code(&one.name);
        let (name, requested) = (one.name, one.requested);
        targets.push(Target { polarity, role, name, code, requested, mentions });
    }
    drop(whole);
    marks.targets = targets;
    push_marks(marks);
}

fn judge(context: &Context<'_>, window: &Window<'_, '_>, span: Span) -> Polarity {
    match context.models.get(TASK) {
        Some(decision) => {
            let mut score = decision.start();
            window.inputs(span, &mut score);
            Polarity { probabilities: score.probabilities() }
        }
        None => polarity::by_list(window.listed(span)),
    }
}

fn push_marks(marks: &mut Marks) {
    let mut out: Vec<Mark> = Vec::new();
    for (group, target) in marks.targets.iter().enumerate() {
        out.extend(target.mentions.iter().map(|m| Mark {
            layer: Layer::Target,
            class: m.polarity.class(),
            span: m.span,
            own_voice: m.own_voice,
            value: m.polarity.value(),
            group: group as u32,
        }));
    }
    out.sort_by_key(|m| (m.span.start, m.span.end, m.group));
    out.into_iter().for_each(|m| marks.push(m));
}

/// Who speaks where: the contents of the attributions in order of place.
struct Voices {
    contents: Vec<(Span, usize)>,
}

impl Voices {
    fn new(marks: &Marks) -> Self {
        let all = marks.attributions.iter().enumerate();
        let mut contents: Vec<(Span, usize)> =
            all.flat_map(|(index, a)| a.content.iter().map(move |s| (*s, index))).collect();
        contents.sort_unstable();
        Voices { contents }
    }

    fn mention(
        &self,
        context: &Context<'_>,
        marks: &Marks,
        span: Span,
        polarity: Polarity,
    ) -> Mention {
        let document = context.document;
        let token = document.token_behind(span.start);
        let before = self.contents.partition_point(|(s, _)| s.start <= span.start);
        let inside =
            before.checked_sub(1).map(|at| self.contents[at]).filter(|(s, _)| s.contains(span));
        let speaker =
            inside.and_then(|(_, index)| marks.attributions[index].speaker().map(str::to_owned));
        Mention {
            span,
            polarity,
            role: Role::default(),
            own_voice: inside.is_none() && marks.is_own_voice(token),
            speaker,
        }
    }
}
