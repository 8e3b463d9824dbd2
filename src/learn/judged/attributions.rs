//! Attributions that readers marked in full.

use super::{Judged, groups};
use crate::learn::matching::{Counts, Pieces, Said, compare};
use crate::learn::metrics::ratio;
use crate::learn::parallel;
use crate::learn::reading::same_target;
use crate::learn::ticked::FullAttribution;
use crate::mark::{Attribution, SHOWN_FROM};
use crate::score::Scorer;
use crate::table::{Table, number};
use crate::text::Span;

/// What an article adds.
#[derive(Clone, Copy, Default)]
struct Right {
    counts: Counts,
    speech: usize,
    speech_found: usize,
    kind: usize,
    class: usize,
    speaker: usize,
    act: usize,
}

/// Figures a part.
pub(super) fn table(scorer: &Scorer, parts: &[Judged]) -> Table {
    let header = [
        "part",
        "articles",
        "attributions",
        "F1",
        "precision",
        "recall",
        "recall of speech",
        "source right",
        "kind right",
        "class right",
        "speaker right",
        "act right",
    ];
    let mut table = Table::new(
        "Real articles, labels by reading: attributions in full, by the models in use",
        &header,
    );
    let found: Vec<Vec<Right>> = parts.iter().map(|p| articles(scorer, p)).collect();
    for (name, of) in groups(parts) {
        let mut all = Right::default();
        let mut articles = 0;
        for (part, found) in parts.iter().zip(&found) {
            if of.iter().any(|o| o.part == part.part) {
                articles += found.len();
                found.iter().for_each(|right| all.add(right));
            }
        }
        if articles == 0 {
            continue;
        }
        let c = &all.counts;
        let share = |part: usize, whole: usize| number(ratio(part as f64, whole as f64));
        table.row(vec![
            name.to_owned(),
            articles.to_string(),
            c.gold.to_string(),
            share(2 * c.found, c.gold + c.predicted),
            share(c.found, c.predicted),
            share(c.found, c.gold),
            share(all.speech_found, all.speech),
            share(c.source_right, c.with_source),
            share(all.kind, c.found),
            share(all.class, c.found),
            share(all.speaker, c.found),
            share(all.act, c.found),
        ]);
    }
    table.notes.push(format!(
        "Found from a confidence of {SHOWN_FROM} on; paired by half of their content. Joint speakers: one that is named is enough."
    ));
    table.notes.push(super::IN_SAMPLE.to_owned());
    table
}

impl Right {
    fn add(&mut self, other: &Right) {
        self.counts.add(&other.counts);
        self.speech += other.speech;
        self.speech_found += other.speech_found;
        self.kind += other.kind;
        self.class += other.class;
        self.speaker += other.speaker;
        self.act += other.act;
    }
}

fn said(source: &[Span], content: &[Span]) -> Said {
    let pieces = |spans: &[Span]| Pieces::new(spans.iter().map(|s| (s.from(), s.to())));
    Said { source: pieces(source), content: pieces(content), direct: false }
}

fn articles(scorer: &Scorer, part: &Judged) -> Vec<Right> {
    let places: Vec<usize> = (0..part.labelled.corpus.articles.len())
        .filter(|place| part.ticks.attributions.iter().any(|a| a.article == *place))
        .collect();
    parallel::map(&places, |&place| {
        let article = part.labelled.corpus.articles[place].article();
        let marks = scorer.score(&article).marks;
        let gold: Vec<&FullAttribution> =
            part.ticks.attributions.iter().filter(|a| a.article == place).collect();
        let found: Vec<&Attribution> =
            marks.attributions.iter().filter(|a| a.confidence >= SHOWN_FROM).collect();
        let golds: Vec<Said> = gold.iter().map(|g| said(&g.source, &g.content)).collect();
        let founds: Vec<Said> = found.iter().map(|f| said(&f.source, &f.content)).collect();
        let (counts, pairs) = compare(&golds, &founds);
        let speech = |g: &FullAttribution| g.act == "speech";
        let mut right = Right { counts, ..Right::default() };
        right.speech = gold.iter().filter(|g| speech(g)).count();
        for (i, j) in pairs {
            right.speech_found += usize::from(speech(gold[i]));
            right.kind += usize::from(gold[i].kind == found[j].kind.name());
            right.class += usize::from(gold[i].source_class == found[j].source_class.name());
            let unresolved = ["unresolved".to_owned()];
            let said = &found[j].speakers[..];
            let said = if said.is_empty() { &unresolved[..] } else { said };
            let one = |s: &String| said.iter().any(|speaker| same_target(s, speaker));
            right.speaker += usize::from(gold[i].speakers.iter().any(one));
            right.act += usize::from(gold[i].act == found[j].act.name());
        }
        right
    })
}
