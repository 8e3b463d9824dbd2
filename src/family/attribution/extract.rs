//! The extractor: from a document's tokens to raw attributions.

use super::accept;
use super::candidates::{Candidate, candidates};
use super::columns::Columns;
use super::first;
use super::hypothesis::{self, Found, runs};
use super::raw::Raw;
use super::rules;
use super::second::{Counts, Scene};
use super::select::{Chosen, choose};
use crate::family::def::Context;
use crate::mark::Marks;
use crate::tagger::{Kept, Tagger};
use crate::text::{Document, Span};

/// The attributions of a document, in order of their content's place.
pub(crate) fn extract(context: &Context<'_>, marks: &Marks) -> Vec<Raw> {
    let Some(tagger) = context.models.tagger() else { return Vec::new() };
    extract_with(tagger, context.document, marks, true)
}

/// The attributions that a tagger finds, with or without the rules for what it leaves over.
pub(crate) fn extract_with(
    tagger: &Tagger,
    document: &Document<'_>,
    marks: &Marks,
    rules: bool,
) -> Vec<Raw> {
    tagger.keep(|kept| {
        let columns = Columns::new(document, marks, tagger, kept);
        find_all(tagger, document, &columns, kept, |scene, all| {
            finish(tagger, marks, rules, scene, all)
        })
    })
}

/// Runs the first stage alone; tells the number of candidate cues.
pub(crate) fn count_cues(context: &Context<'_>, marks: &Marks) -> usize {
    context.models.tagger().map_or(0, |tagger| cues(tagger, context.document, marks).len())
}

/// Every run of words that a tagger takes for a cue at all, however doubtful.
pub(crate) fn cues(tagger: &Tagger, document: &Document<'_>, marks: &Marks) -> Vec<Candidate> {
    tagger.keep(|kept| {
        let columns = Columns::new(document, marks, tagger, kept);
        let tagged = first::tag(tagger, document, &columns, &mut kept.first);
        candidates(document, &columns, &tagged)
    })
}

/// Runs both stages, and gives every cue with its hypotheses to `take`.
pub(crate) fn find_all<R>(
    tagger: &Tagger,
    document: &Document<'_>,
    columns: &Columns,
    kept: &mut Kept,
    take: impl FnOnce(&Scene<'_, '_>, &[Found]) -> R,
) -> R {
    let tagged = first::tag(tagger, document, columns, &mut kept.first);
    let candidates = candidates(document, columns, &tagged);
    let counts = Counts::new(document, columns, &tagged, &candidates);
    let scene = Scene { document, columns, tagged: &tagged, counts: &counts };
    let mut sides = std::mem::take(&mut kept.sides);
    scene.sides(tagger, &candidates, &mut sides);
    let all: Vec<Found> =
        candidates.into_iter().map(|c| hypothesis::find(tagger, &scene, &sides, c, kept)).collect();
    kept.sides = sides.shrink();
    take(&scene, &all)
}

fn finish(
    tagger: &Tagger,
    marks: &Marks,
    rules: bool,
    scene: &Scene<'_, '_>,
    all: &[Found],
) -> Vec<Raw> {
    let document = scene.document;
    let mut scored = Vec::new();
    for (own, found) in all.iter().enumerate() {
        for (which, hypothesis) in found.hypotheses.iter().enumerate() {
            scored.push((
                own,
                which,
                tagger.accept.probability(&accept::inputs(scene, all, own, hypothesis)),
            ));
        }
    }
    let mut raws = choose(tagger, all, scored, document.tokens.len())
        .iter()
        .map(|c| raw(document, &all[c.found], c))
        .collect();
    if rules {
        rules::add(document, marks, scene.tagged, &mut raws);
    }
    raws
}

fn raw(document: &Document<'_>, found: &Found, chosen: &Chosen) -> Raw {
    let cue: Vec<usize> = found.candidate.tokens.clone().collect();
    let source: Vec<usize> = found
        .source_tokens
        .iter()
        .copied()
        .filter(|i| chosen.content.binary_search(i).is_err())
        .collect();
    Raw {
        source: spans(document, &source),
        cue: spans(document, &cue),
        content: spans(document, &chosen.content),
        confidence: chosen.confidence,
    }
}

/// Spans of the runs of neighbouring tokens.
fn spans(document: &Document<'_>, tokens: &[usize]) -> Vec<Span> {
    runs(tokens)
        .into_iter()
        .map(|(a, b)| document.tokens[a].span.cover(document.tokens[b].span))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::model::{BUILTIN, ModelFile, Payload};
    use crate::score::Scorer;
    use crate::tagger::sides::Sides;
    use crate::tagger::{Crf, Sums};

    const TEXT: &str = "OFFICIALS ON EDGE\n\n“We won’t go,” Ana Dorn, the minister, told reporters on Monday; “not now — not ever.” She said that the \
        plan, which Mr. Marr’s office had called “reckless”, would cost 9,000 jobs and that nobody (least of all the unions) wanted it.\n\n\
        According to the Lusaran Times: “It is over. It was over long ago.” Zéphyrine O'Brien-Lüdtke denied it, but didn't say why.";

    fn tagger() -> Tagger {
        let (name, bytes) =
            BUILTIN.iter().find(|(name, _)| name.starts_with("attribution-spans")).unwrap();
        let Payload::Tagger(file) = ModelFile::parse(name, bytes.as_bytes()).unwrap().payload
        else {
            panic!("not a tagger")
        };
        file.compile().unwrap()
    }

    fn rows<const K: usize, const W: usize>(crf: &Crf<K, W>, keys: &[u32]) -> Sums<W> {
        let mut sums = [0; W];
        for key in keys {
            for (sum, weight) in sums.iter_mut().zip(crf.row(*key)) {
                *sum += weight;
            }
        }
        sums
    }

    #[test]
    fn tagging_adds_up_what_fitting_sees() {
        let tagger = tagger();
        let document = Document::new(TEXT);
        let marks = Scorer::builtin().unwrap().mark(&Article::from_text("a", TEXT), &document);
        tagger.keep(|kept| {
            let columns = Columns::new(&document, &marks, &tagger, kept);
            let mut tokens = 0;
            for range in columns.paragraphs() {
                first::sums(&tagger, &columns, &document, range, &mut kept.first);
                for (i, sums) in range.clone().zip(&kept.first.sums) {
                    let crf = &tagger.first.crf;
                    let keys = first::inputs(&columns, &document, range, i);
                    assert_eq!(
                        crf.scores(&rows(crf, &keys)),
                        crf.scores(sums),
                        "{}",
                        document.form(i)
                    );
                    tokens += 1;
                }
            }
            assert!(tokens > 80);
            let mut windows = 0;
            find_all(&tagger, &document, &columns, kept, |scene, all| {
                let found: Vec<_> = all.iter().map(|f| f.candidate.clone()).collect();
                let (mut sides, mut kept) = (Sides::default(), Kept::default());
                scene.sides(&tagger, &found, &mut sides);
                for found in all {
                    let mut expected = Vec::new();
                    let crf = &tagger.second.crf;
                    scene
                        .walk(&found.candidate, |keys| expected.push(crf.scores(&rows(crf, keys))));
                    scene.score(
                        &tagger,
                        &found.candidate,
                        &sides,
                        &mut kept.cues,
                        &mut kept.second,
                    );
                    assert_eq!(kept.second.scores, expected, "{:?}", found.candidate.window);
                    windows += 1;
                }
            });
            assert!(windows > 3);
        });
    }
}
