//! How sure an attribution is: dense inputs of one hypothesis, for the decision that is fitted on them.

use super::columns::quote;
use super::first::kind;
use super::hypothesis::{Found, Hypothesis, runs};
use super::second::Scene;

/// Names of the inputs, in order.
pub(crate) const INPUTS: &[&str] = &[
    "logit cue",
    "cue by first stage",
    "logit mean cue",
    "log best path",
    "log best path a token",
    "mean content",
    "least content",
    "content at start",
    "content at end",
    "content begins",
    "log length",
    "pieces",
    "has source",
    "highest source",
    "mean source",
    "highest source of window",
    "log source length",
    "in quotation",
    "opens quotation",
    "after cue",
    "touches cue",
    "log distance",
    "ends sentence",
    "starts sentence",
    "mean first content",
    "least first content",
    "first content at start",
    "first content at end",
    "share tagged content",
    "has rival",
    "highest rival",
    "sum of rivals",
    "logit rival",
    "inside another",
    "cues inside",
    "cue rate of head",
    "cue length",
    "log nothing",
    "cue in quotation",
    "logit cue if quotation",
    "share tagged content if cue",
    "first source",
    "logit mean content",
    "logit cue if source",
    "mean content by cue",
    "share tagged content by cue",
    "expected overlap",
    "logit expected overlap",
    "is best",
    "none best",
    "content before start",
    "content past end",
    "step at start",
    "step at end",
    "expected overlap by cue",
    "logit expected overlap if cue",
    "source rate of source",
    "none before in sentence",
];

/// Most neighbouring candidates, on either side, that can be rivals.
const NEAR: usize = 16;

fn logit(p: f64) -> f64 {
    let p = p.clamp(1e-4, 1.0 - 1e-4);
    (p / (1.0 - p)).ln()
}

fn number(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

/// Mean and least of a column over tokens, as 64-bit numbers; zeros over none.
fn mean_and_least(values: impl Iterator<Item = f32>) -> (f64, f64) {
    let (mut sum, mut least, mut n) = (0.0, 1.0_f64, 0.0);
    for value in values {
        sum += f64::from(value);
        least = least.min(f64::from(value));
        n += 1.0;
    }
    if n > 0.0 { (sum / n, least) } else { (0.0, 0.0) }
}

/// Tokens that two rising lists share.
pub(super) fn shared(a: &[usize], b: &[usize]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

/// What other candidates have to do with a hypothesis.
#[derive(Default)]
struct Rivals {
    any: bool,
    highest: f64,
    sum: f64,
    /// Highest cue probability of those whose content holds this cue.
    around: f64,
}

fn rivals(all: &[Found], own: usize, tokens: &[usize]) -> Rivals {
    let mut out = Rivals::default();
    let cue = &all[own].candidate.tokens;
    let near = own.saturating_sub(NEAR)..(own + NEAR + 1).min(all.len());
    for (index, other) in near.clone().zip(&all[near]) {
        let Some(best) = other.hypotheses.get(other.top).filter(|_| index != own) else { continue };
        let (Some(&first), Some(&last)) = (best.tokens.first(), best.tokens.last()) else {
            continue;
        };
        let apart =
            tokens.first().is_none_or(|t| *t > last) || tokens.last().is_none_or(|t| *t < first);
        if apart && (cue.start > last || cue.end <= first) {
            continue;
        }
        let p = f64::from(other.candidate.p);
        let both = if apart { 0 } else { shared(&best.tokens, tokens) };
        if both as f64 > 0.3 * best.tokens.len().min(tokens.len()) as f64 {
            out.any = true;
            out.highest = out.highest.max(p);
            out.sum += p;
        }
        if cue.contains(&first)
            || cue.contains(&last)
            || best.tokens.binary_search(&cue.start).is_ok()
        {
            out.around = out.around.max(p);
        }
    }
    out
}

/// The numbers that [`INPUTS`] names, for the hypothesis `which` of `all[own]`.
pub(crate) fn inputs(
    scene: &Scene<'_, '_>,
    all: &[Found],
    own: usize,
    which: &Hypothesis,
) -> Vec<f64> {
    let found = &all[own];
    let (columns, document) = (scene.columns, scene.document);
    let start = found.candidate.window.start;
    let (a, b) = (found.candidate.tokens.start, found.candidate.tokens.end);
    let tokens = &which.tokens;
    let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else {
        return vec![0.0; INPUTS.len()];
    };
    let n = tokens.len() as f64;
    let p = f64::from(found.candidate.p);
    let at = |column: &[f32], i: usize| {
        column.get(i.wrapping_sub(start)).copied().map_or(0.0, f64::from)
    };
    let (content, least) = mean_and_least(tokens.iter().map(|&i| found.content[i - start]));
    let (first_content, first_least) =
        mean_and_least(tokens.iter().map(|&i| scene.tagged[i].content));
    let source: Vec<usize> =
        found.source_tokens.iter().copied().filter(|i| tokens.binary_search(i).is_err()).collect();
    let has_source = !source.is_empty();
    let (mean_source, _) = mean_and_least(source.iter().map(|&i| found.source[i - start]));
    let top_source = source.iter().map(|&i| at(&found.source, i)).fold(0.0, f64::max);
    let window_source = found.source.iter().copied().fold(0.0, f32::max);
    let first_source =
        source.iter().map(|&i| f64::from(scene.tagged[i].source)).fold(0.0, f64::max);
    let source_rate = source.last().map_or(0.0, |&i| f64::from(columns.forms[i].rates.source));
    let tagged = tokens.iter().filter(|&&i| kind(scene.tagged[i].tag) == 3).count() as f64 / n;
    let cues_inside = tokens.iter().filter(|&&i| scene.tagged[i].cue > 0.5).count() as f64 / n;
    let mean_cue = mean_and_least((a..b).map(|i| scene.tagged[i].cue)).0;
    let after = first >= b;
    let distance = match (after, last < a) {
        (true, _) => (first - b) as f64,
        (_, true) => (a - 1 - last) as f64,
        _ => 99.0,
    };
    let opens = columns.quote[first] == quote::OPENS;
    let quoted = matches!(columns.quote[first], quote::OPENS | quote::INSIDE);
    let cue_quoted = matches!(columns.quote[found.candidate.head], quote::INSIDE | quote::CLOSES);
    let sentence = |i: usize| document.sentences[document.sentence_of[i] as usize].tokens();
    let before_start = if first > start { at(&found.content, first - 1) } else { 0.0 };
    let past_end = at(&found.content, last + 1);
    let (at_start, at_end) = (at(&found.content, first), at(&found.content, last));
    let r = rivals(all, own, tokens);
    let best = found.best.max(-20.7);
    let length = found.candidate.window.len().max(1) as f64;
    vec![
        logit(p),
        number(found.candidate.best),
        logit(mean_cue),
        best,
        best / length.sqrt(),
        content,
        least,
        at_start,
        at_end,
        at(&found.content_begins, first),
        n.ln(),
        runs(tokens).len() as f64,
        number(has_source),
        top_source,
        mean_source,
        f64::from(window_source),
        (1.0 + source.len() as f64).ln(),
        number(quoted),
        number(opens),
        number(after),
        number(distance <= 0.0),
        (1.0 + distance).ln(),
        number(sentence(last).end - 1 - last <= 1),
        number(first == sentence(first).start),
        first_content,
        first_least,
        f64::from(scene.tagged[first].content),
        f64::from(scene.tagged[last].content),
        tagged,
        number(r.any),
        r.highest,
        r.sum,
        logit(r.highest),
        r.around,
        cues_inside,
        f64::from(columns.forms[found.candidate.head].rates.cue),
        (b - a) as f64,
        found.nothing.max(-13.8),
        number(cue_quoted),
        logit(p) * number(opens),
        tagged * number(p > 0.5),
        first_source,
        logit(content),
        logit(p) * number(has_source),
        content * p,
        tagged * p,
        which.expected,
        logit(which.expected),
        number(which.is_best),
        number(which.none_best),
        before_start,
        past_end,
        at_start - before_start,
        at_end - past_end,
        which.expected * p,
        logit(which.expected) * number(p > 0.4),
        source_rate,
        number(columns.before[a].word == crate::text::Word::default()),
    ]
}
