//! Which hypotheses an article keeps: by confidence, without overlap, about as many as it is expected to hold.

use super::accept::shared;
use super::hypothesis::Found;
use crate::extract::Tagger;
use crate::mark::SHOWN_FROM;

/// A hypothesis that is kept.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    /// Index of the cue.
    pub(crate) found: usize,
    /// Tokens of the content.
    pub(crate) content: Vec<usize>,
    pub(crate) confidence: f64,
}

/// Confidences below this do not count toward the expected number.
const COUNTED: f64 = 0.1;

/// A confidence at which an attribution is kept whatever number is expected: it is rather right than wrong, and tables show it.
const SURE: f64 = SHOWN_FROM;

/// Chooses among `scored`: (index of the cue, index of its hypothesis, confidence).
pub(crate) fn choose(
    tagger: &Tagger,
    all: &[Found],
    mut scored: Vec<(usize, usize, f64)>,
    tokens: usize,
) -> Vec<Chosen> {
    scored.retain(|s| s.2 >= COUNTED.min(tagger.floor));
    scored.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut taken = vec![false; tokens];
    let mut used = vec![false; all.len()];
    let mut out: Vec<Chosen> = Vec::new();
    for (found, which, confidence) in scored {
        if used[found] {
            continue;
        }
        let wanted = &all[found].hypotheses[which].tokens;
        let mut content = Vec::with_capacity(wanted.len());
        content.extend(wanted.iter().copied().filter(|&i| !taken[i]));
        if content.len() * 2 < wanted.len() || content.is_empty() {
            continue;
        }
        debug_assert_eq!(shared(&content, wanted), content.len());
        for &i in &content {
            taken[i] = true;
        }
        used[found] = true;
        out.push(Chosen { found, content, confidence });
    }
    let expected: f64 = out.iter().map(|c| c.confidence).filter(|c| *c >= COUNTED).sum();
    // A text of one sentence expects less than one, and yet may be sure of it.
    let sure = out.iter().filter(|c| c.confidence >= SURE).count();
    let most = ((tagger.alpha * expected).round() as usize).max(sure);
    out.truncate(most);
    out.retain(|c| c.confidence >= tagger.floor);
    out.sort_by_key(|c| c.content.first().copied());
    out
}
