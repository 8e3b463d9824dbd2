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
use crate::extract::{Kept, Tagger};
use crate::family::def::Context;
use crate::mark::Marks;
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
    let mut raws: Vec<Raw> = choose(tagger, all, scored, document.tokens.len())
        .iter()
        .map(|c| raw(scene, &all[c.found], c))
        .filter(|raw: &Raw| !raw.content.is_empty())
        .collect();
    if rules {
        rules::add(document, marks, scene.tagged, &mut raws);
    }
    raws
}

fn raw(scene: &Scene<'_, '_>, found: &Found, chosen: &Chosen) -> Raw {
    let document = scene.document;
    // What other contents took away may have left a new beginning.
    let content: Vec<usize> = runs(&chosen.content)
        .into_iter()
        .flat_map(|(a, b)| hypothesis::trimmed(a..b + 1, scene.columns, document))
        .collect();
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
        content: spans(document, &content),
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
    use crate::extract::sides::Sides;
    use crate::model::{BUILTIN, ModelFile, Payload};
    use crate::score::Scorer;
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

    /// Forms of the tokens for which something of the columns holds.
    fn forms_where(text: &str, holds: fn(&Document<'_>, &Columns, usize) -> bool) -> Vec<String> {
        let (tagger, document) = (tagger(), Document::new(text));
        let marks = Marks::default();
        tagger.keep(|kept| {
            let columns = Columns::new(&document, &marks, &tagger, kept);
            (0..document.tokens.len())
                .filter(|&i| holds(&document, &columns, i))
                .map(|i| document.form(i).to_owned())
                .collect()
        })
    }

    #[test]
    fn no_content_can_begin_with_a_comma_or_a_pronoun_that_tells_which_noun() {
        let cannot = |text| forms_where(text, |_, columns, i| !columns.can_begin(i)).join(" ");
        assert_eq!(cannot("The plan, which Dorn liked, fell."), ", which ,");
        assert_eq!(
            cannot("Marr, whose boats lay idle, met the man who sold them."),
            ", whose , who"
        );
        assert_eq!(
            cannot("The mill (closed since May) and its owner – a painter – wait."),
            ") – –"
        );
        assert_eq!(cannot("She asked which of them would go."), "");
        assert_eq!(cannot("“Who would go?” he said. Which one said so?"), "");
        assert_eq!(cannot("She knew who had said: no."), ":");
    }

    #[test]
    fn no_pronoun_and_no_heading_is_what_says() {
        let says = |text| forms_where(text, |document, columns, i| columns.can_say(document, i));
        for (text, can, cannot) in [
            ("It was said that he knows.", "said", "It was that he"),
            ("DOCKS SHUT AGAIN\n\nDorn said so.", "said", "DOCKS SHUT AGAIN"),
            ("NATO said it’s over.", "said", "it ’s"),
            ("Dorn has warned us and would go.", "warned", "has and would"),
            ("Those who say this are a few.", "say", "Those who this are a"),
        ] {
            let found = says(text);
            assert!(found.iter().any(|word| word == can), "{text}: {found:?}");
            let wrong = |word: &str| found.iter().any(|found| found == word);
            assert!(!cannot.split(' ').any(wrong), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_is_done_says_nothing() {
        let says = |text| forms_where(text, |document, columns, i| columns.can_say(document, i));
        for (text, word, can) in [
            ("Marr visited the yard to speak.", "visited", false),
            ("They met after the launch of the ferry.", "launch", false),
            ("He used a barge in February.", "used", false),
            ("He used a barge in February.", "February", false),
            ("He took a belarus as a bridge.", "belarus", false),
            ("Marr is trying to get a boat.", "to", false),
            ("Loans helped the town.", "helped", false),
            ("Despite the rain they went.", "Despite", false),
            ("Marr advocates a new quay.", "advocates", true),
            ("Marr quipped that it rains.", "quipped", true),
            ("The poll found that few care.", "found", true),
            ("Dorn seized on the remark.", "seized", true),
            ("Dorn wants a boat.", "wants", true),
        ] {
            assert_eq!(says(text).iter().any(|w| w == word), can, "{text}: {word}");
        }
    }

    #[test]
    fn pieces_of_what_is_found_begin_where_a_content_can() {
        let text = "The bridge, which Ana Dorn said was unsafe, closed. Ivo Marr, who she said had known of it, left. \
            Nobody knew who had signed, Dorn added. The ferry, according to Marr, which runs at night, is full. \
            Marr asked which of the boats would sail, and said that none, which he regretted, had a pilot.";
        let (tagger, document) = (tagger(), Document::new(text));
        let marks = Scorer::builtin().unwrap().mark(&Article::from_text("a", text), &document);
        let raws = extract_with(&tagger, &document, &marks, false);
        assert!(raws.len() >= 4, "{raws:?}");
        for piece in raws.iter().flat_map(|raw| &raw.content) {
            let said = piece.slice(text);
            assert!(!said.starts_with(','), "{said}");
            let relative = ["which ", "who ", "whose "].iter().any(|w| said.starts_with(w));
            let before = text[..piece.from()].trim_end();
            assert!(!relative || before.ends_with("asked") || before.ends_with("knew"), "{said}");
        }
    }
}
