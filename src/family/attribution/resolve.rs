//! From what was cut out of the text to attributions: kind, class, speaker and reporter.

use super::classes::{self, Resolved};
use super::raw::Raw;
use super::turns;
use super::{act, joint, kind, reporter, speakers, spoken};
use crate::entity::cast::Cast;
use crate::entity::thread::{Place, Thread};
use crate::entity::words::Words;
use crate::mark::{Attribution, Layer, Mark, Marks, SourceClass, expected};
use crate::text::{BlockKind, Document, Span};

/// Fills attributions, speakers, provenance and the layers of contents, sources and cues. `words`: those of the document; `quoted`: for each token, whether it
/// stands between quotation marks. Linear in the text.
pub(crate) fn resolve(
    document: &Document<'_>,
    words: &Words,
    quoted: &[bool],
    mut raws: Vec<Raw>,
    marks: &mut Marks,
) {
    raws.sort_by_key(Raw::start);
    let spoken = document.blocks.iter().any(|b| b.kind == BlockKind::Turn);
    if !raws.is_empty() || spoken {
        let read = |raws: &[Raw]| {
            Thread::read(
                document,
                words,
                Cast::read(document, words),
                places(document, quoted, raws),
            )
        };
        let mut thread = read(&raws);
        let media: Vec<Option<String>> =
            raws.iter_mut().map(|raw| reporter::split(&thread, raw)).collect();
        // What was a medium's source or content is now a speaker's: whom a pronoun stands for may hang on it.
        if media.iter().any(Option::is_some) {
            thread = read(&raws);
        }
        // Those who spoke together last, for the "they" that goes on.
        let mut together = Vec::new();
        for (mut raw, medium) in raws.into_iter().zip(media) {
            joint::widen(&thread, &mut raw);
            let found = attribution(document, &thread, quoted, raw, medium, &mut together);
            marks.attributions.push(found);
        }
        if spoken {
            marks.attributions.extend(turns::attributions(document, &thread));
            marks.attributions.sort_by_key(|a| a.content.first().copied());
        }
    }
    marks.expected_attributions = expected(&marks.attributions);
    marks.speakers = speakers::collect(document, &marks.attributions);
    marks.provenance =
        document.blocks.iter().filter(|b| b.reason == "provenance").map(|b| b.span).collect();
    push_layers(document, marks);
}

fn places(document: &Document<'_>, quoted: &[bool], raws: &[Raw]) -> Vec<Place> {
    let mut out: Vec<Place> =
        quoted.iter().map(|&quoted| Place { quoted, ..Place::default() }).collect();
    for raw in raws {
        for span in &raw.content {
            document.tokens_within(*span).for_each(|t| out[t].content = true);
        }
        for span in &raw.source {
            document.tokens_within(*span).for_each(|t| out[t].source = true);
        }
    }
    out
}

fn attribution(
    document: &Document<'_>,
    thread: &Thread<'_, '_>,
    quoted: &[bool],
    raw: Raw,
    mut medium: Option<String>,
    together: &mut joint::Speakers,
) -> Attribution {
    let mut source = classes::resolve(thread, &raw.source);
    if source.class == SourceClass::Media {
        if let Some(inner) = reporter::quoted_speaker(thread, &raw.cue)
            .or_else(|| reporter::inner_speaker(thread, &raw.content))
        {
            medium = source.speaker.take();
            source =
                Resolved { class: source.class, ..classes::by_member(thread, inner.member, "") };
        }
    } else if matches!(source.class, SourceClass::Document | SourceClass::Anonymous)
        && let Some(inner) = reporter::inner_speaker(thread, &raw.content)
    {
        source = Resolved { class: source.class, ..classes::by_member(thread, inner.member, "") };
    }
    if medium.is_none() && source.class != SourceClass::Media {
        medium = reporter::between(thread, &raw.source, &raw.cue, &raw.content);
    }
    let joint = joint::speakers(thread, &raw.source);
    let they =
        raw.source.first().is_some_and(|s| s.slice(document.text).eq_ignore_ascii_case("they"))
            && source.member.is_some_and(|m| together.iter().any(|(member, _)| *member == m));
    let act = act::of(document, source.class, &raw.source, &raw.cue);
    let speakers: Vec<String> = match joint {
        Some(joint) => {
            *together = joint;
            together.iter().map(|(_, name)| name.clone()).collect()
        }
        None if they => together.iter().map(|(_, name)| name.clone()).collect(),
        None => source.speaker.map(without_possessive).into_iter().collect(),
    };
    Attribution {
        kind: kind::of(document, quoted, &raw.content),
        act,
        source_class: source.class,
        speakers,
        role: raw.source.first().and_then(|by| spoken::role(document, *by)),
        reporter: medium,
        confidence: raw.confidence,
        source: raw.source,
        cue: raw.cue,
        content: raw.content,
    }
}

/// "Ana Dorn’s", as the first word of "Ana Dorn’s spokesman" that was cut too short.
fn without_possessive(name: String) -> String {
    let owner = name.strip_suffix("’s").or_else(|| name.strip_suffix("'s"));
    owner.map(str::to_owned).unwrap_or(name)
}

/// Marks for every piece, in order of place within each layer.
fn push_layers(document: &Document<'_>, marks: &mut Marks) {
    let mut out: Vec<Mark> = Vec::new();
    for (group, attribution) in marks.attributions.iter().enumerate() {
        let class = attribution.source_class.name();
        let mut piece = |layer: Layer, class: &'static str, span: Span, own_voice: bool| {
            out.push(Mark {
                layer,
                class,
                span,
                own_voice,
                value: attribution.confidence,
                group: group as u32,
            });
        };
        attribution
            .content
            .iter()
            .for_each(|s| piece(Layer::Content, attribution.kind.name(), *s, false));
        attribution.source.iter().for_each(|s| piece(Layer::Source, class, *s, true));
        attribution.cue.iter().for_each(|s| piece(Layer::Cue, class, *s, true));
    }
    out.sort_by_key(|m| (m.span.start, m.span.end, m.layer, m.group));
    for mark in out {
        if mark.layer == Layer::Content {
            marks.attribute(document, mark.span);
        }
        marks.push(mark);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::entity::{Covered, Names};
    use crate::family::def::Context;
    use crate::family::{FAMILIES, cases};
    use crate::lexicon::Lexicon;
    use crate::linear::SpanModels;
    use serde::Deserialize;

    /// A text and what is said in it: "source | cue | content => kind class speaker (reporter)", pieces of content split by "¦".
    #[derive(Deserialize)]
    struct Case {
        text: String,
        said: Vec<String>,
        /// The spans come out other than they went in.
        #[serde(default)]
        cut: bool,
    }

    /// The places of the pieces of `words`, each nearest to one of `near`, as whole words.
    fn place(text: &str, words: &str, near: [usize; 2]) -> Vec<Span> {
        let whole = |at: usize, piece: &str| {
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !letter(text[..at].chars().next_back())
                && !letter(text[at + piece.len()..].chars().next())
        };
        let pieces = words.split('¦').map(str::trim).filter(|p| !p.is_empty());
        let nearest = |piece: &str| {
            text.match_indices(piece)
                .filter(|m| whole(m.0, piece))
                .min_by_key(|m| near.map(|n| m.0.abs_diff(n)).into_iter().min())
                .map(|m| m.0)
        };
        pieces
            .map(|piece| {
                nearest(piece).map_or_else(
                    || panic!("{piece:?} is not in the text"),
                    |at| Span::new(at, at + piece.len()),
                )
            })
            .collect()
    }

    fn marked(text: &str, raws: Vec<Raw>) -> Marks {
        let article = Article::from_text("", text);
        let document = Document::new(text);
        let models = SpanModels::default();
        let mut marks = Marks::new(&document);
        let names = Names::of(&document);
        let covered = Covered::of(&document, &names);
        for family in FAMILIES.iter().take_while(|f| f.name != "sourcing") {
            let lexicon = Lexicon::parse(family.name, family.lexicon, family.classes).unwrap();
            let context = Context {
                article: &article,
                document: &document,
                names: &names,
                covered: &covered,
                lexicon: &lexicon,
                models: &models,
            };
            if family.name == "attribution" {
                resolve(
                    &document,
                    &names.words,
                    &kind::quoted(&document, &marks),
                    raws.clone(),
                    &mut marks,
                );
            } else {
                (family.mark)(&context, &mut marks);
            }
        }
        marks
    }

    fn check(toml: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        for case in cases::read::<Case>(toml) {
            let mut raws = Vec::new();
            for line in &case.said {
                let spans = line.split("=>").next().unwrap_or("");
                let parts: Vec<&str> = spans.split('|').map(str::trim).collect();
                let content = place(&case.text, parts[2], [0; 2]);
                let near = [content[0].from(), content[content.len() - 1].to()];
                raws.push(Raw {
                    cue: place(&case.text, parts[1], near),
                    source: place(&case.text, parts[0], near),
                    content,
                    confidence: 0.9,
                });
            }
            let marks = marked(&case.text, raws.clone());
            for (line, raw) in case.said.iter().zip(&raws) {
                let a = marks
                    .attributions
                    .iter()
                    .find(|a| case.cut || (a.content == raw.content && a.source == raw.source))
                    .unwrap();
                assert!(
                    !case.cut || (&a.content, &a.source) != (&raw.content, &raw.source),
                    "{line}"
                );
                let reporter = a.reporter.as_ref().map_or(String::new(), |r| format!(" ({r})"));
                let found = format!(
                    "{} {} {}{reporter}",
                    a.kind.name(),
                    a.source_class.name(),
                    if a.speakers.is_empty() { "?".to_owned() } else { a.speakers.join("; ") }
                );
                let wanted = line.split("=>").nth(1).unwrap_or("").trim();
                if found != wanted {
                    wrong.push(format!("{line}\n   found: {found}"));
                }
            }
        }
        wrong
    }

    #[test]
    fn cases() {
        let wrong = check(include_str!("speakers.toml"));
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    #[ignore = "for texts that may not stand in the repository: SPEAKER_CASES=file.toml"]
    fn cases_outside_the_repository() {
        let wrong =
            check(&std::fs::read_to_string(std::env::var("SPEAKER_CASES").unwrap()).unwrap());
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn layers_and_speakers_follow_the_attributions() {
        let text = "Ana Dorn said it was late. Dorn said it rained in the town.";
        let raw = |s: &str, c: &str, from| Raw {
            source: place(text, s, [from; 2]),
            cue: place(text, "said", [from; 2]),
            content: place(text, c, [from; 2]),
            confidence: 0.9,
        };
        let marks = marked(
            text,
            vec![raw("Dorn", "it rained in the town", 27), raw("Ana Dorn", "it was late", 0)],
        );
        assert_eq!(marks.speakers.len(), 1);
        assert_eq!(
            (
                marks.speakers[0].name.as_str(),
                marks.speakers[0].attributions,
                marks.speakers[0].words
            ),
            ("Ana Dorn", 2, 8)
        );
        let sources: Vec<(u32, u32)> =
            marks.layer(Layer::Source).iter().map(|m| (m.span.start, m.group)).collect();
        assert_eq!(sources, [(0, 0), (27, 1)]);
        assert_eq!(marks.layer(Layer::Content)[0].class, "indirect");
    }

    #[test]
    fn time_is_linear_in_the_text() {
        let text = "The president of Marrland Ana Dorn told Ivo Marr’s friend that he said it was late and she left the bank. ".repeat(2_000);
        let document = Document::new(&text);
        drop(Words::of(&Document::new("The lexicon is read once.")));
        let start = std::time::Instant::now();
        let words = Words::of(&document);
        let cast = Cast::read(&document, &words);
        let places = vec![Place::default(); document.tokens.len()];
        let thread = Thread::read(&document, &words, cast, places);
        let each = start.elapsed().as_nanos() as f64 / document.tokens.len() as f64;
        assert!(thread.cast.members.len() < 100, "{} members", thread.cast.members.len());
        assert!(
            each < std::env::var("MOST_NS").map_or(20_000.0, |n| n.parse().unwrap()),
            "{each} ns a token"
        );
    }
}
