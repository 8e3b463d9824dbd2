//! Classes of articles of public sets that follow from their sentences: attribution and hedging, by the guide's limits.

use super::desk::{Judged, Seen};
use crate::learn::reading::{attribution_class, hedging_class};

/// The classes that follow, by axis; none until every prose sentence was judged.
pub(super) fn classes(seen: &Seen) -> Vec<(&'static str, &'static str)> {
    let (mut words, mut attributed, mut sentences, mut hedged) = (0.0, 0.0, 0.0, 0.0);
    for sentence in seen.text.prose() {
        let Some(label) = of([sentence.start, sentence.end], &seen.sentences) else {
            return Vec::new();
        };
        let value = |field: &str| label.said.get(field).map_or("", |s| s.value.as_str());
        words += sentence.words as f64;
        sentences += 1.0;
        attributed += match value("act") {
            "" => 0.0,
            act if act.ends_with(" part") => sentence.words as f64 / 2.0,
            _ => sentence.words as f64,
        };
        hedged += f64::from(u8::from(value("hedged") == "1"));
    }
    if sentences == 0.0 || words == 0.0 {
        return Vec::new();
    }
    vec![
        ("attribution", attribution_class(attributed / words)),
        ("hedging", hedging_class(hedged / sentences)),
    ]
}

/// The label of a sentence, also where it was cut otherwise by then.
fn of([start, end]: [usize; 2], rows: &[Judged]) -> Option<&Judged> {
    rows.iter().find(|row| {
        row.at.is_some_and(|[from, to]| {
            let both = to.min(end).saturating_sub(from.max(start));
            both * 2 > to.max(end) - from.min(start)
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::label::{Annotator, Change, Desk, Store};

    #[test]
    fn classes_follow_once_every_sentence_was_judged_and_go_with_one_undo() {
        let dir = tempfile::tempdir().unwrap();
        let text = "The ferry sails at noon. It may be late. “It is safe,” Ida Roth said.\n";
        let article = Article::from_text("set/x:1", text);
        let desk = Desk::new(Store::new(dir.path()), vec![article]);
        let who = Annotator::Second;
        let file = || std::fs::read_to_string(dir.path().join("real.csv")).unwrap_or_default();
        let say = |words: &str, field: &str, value: &str| {
            let start = text[..text.find(words).unwrap()].chars().count();
            let end = start + words.chars().count();
            let (field, value) = (field.to_owned(), value.to_owned());
            desk.say("set/x:1", who, &Change::Sentence { start, end, field, value }).unwrap();
        };
        say("It may be late.", "hedged", "1");
        assert_eq!(file(), "");
        desk.say("set/x:1", who, &Change::Plain).unwrap();
        let first = "article,axis,first,second,label\nset/x:1,attribution,,sparse,sparse\nset/x:1,hedging,,moderate,moderate\n";
        assert_eq!(file(), first);
        say("“It is safe,” Ida Roth said.", "act", "speech");
        assert_eq!(file(), first.replace("sparse", "moderate"));
        assert!(desk.undo(who).unwrap().is_some());
        assert_eq!(file(), first);
        assert!(desk.undo(who).unwrap().is_some());
        assert_eq!(file(), "article,axis,first,second,label\n");
    }
}
