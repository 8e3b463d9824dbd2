use super::*;
use crate::label::file::{What, file};

const CLASSES: &str = "article,axis,first,second,label\na,tone,mixed,neutral,neutral\na,genre,report,,report\nc,tone,,,loaded\n";

fn class(article: &str, axis: &str, value: &str) -> Edit {
    let file = file(What::Classes, article).unwrap();
    Edit {
        file,
        key: vec![("article", article.to_owned()), ("axis", axis.to_owned())],
        told: Vec::new(),
        of: Of::Judge(file.field("class").unwrap(), (!value.is_empty()).then(|| value.to_owned())),
    }
}

/// The lines after some edits, and that taking them back in turn leaves the file as it was.
fn lines(edits: &[(Edit, Annotator)]) -> Vec<String> {
    let mut sheet = Sheet::parse(CLASSES.as_bytes()).unwrap();
    let steps: Vec<_> =
        edits.iter().filter_map(|(e, who)| Some((e.apply(&mut sheet, *who)?, *who))).collect();
    let after = String::from_utf8(sheet.bytes()).unwrap();
    for (step, who) in steps.iter().rev() {
        assert!(step.undo(&mut sheet, *who));
    }
    assert_eq!(String::from_utf8(sheet.bytes()).unwrap(), CLASSES);
    after.lines().skip(1).map(str::to_owned).collect()
}

use Annotator::{First, Second, Third};

#[test]
fn a_row_goes_where_its_article_stands() {
    assert_eq!(
        lines(&[
            (class("b", "tone", "mixed"), First),
            (class("a", "hedging", "low"), First),
            (class("d", "tone", "mixed"), Second),
        ]),
        [
            "a,tone,mixed,neutral,neutral",
            "a,hedging,low,,low",
            "a,genre,report,,report",
            "b,tone,mixed,,mixed",
            "c,tone,,,loaded",
            "d,tone,,mixed,mixed",
        ]
    );
}

#[test]
fn two_agree_or_leave_it_open_and_a_third_decides() {
    let genre = |value| class("a", "genre", value);
    assert_eq!(lines(&[(genre("report"), Second)])[1], "a,genre,report,report,report");
    assert_eq!(lines(&[(genre("opinion"), Second)])[1], "a,genre,report,opinion,");
    let third = [(genre("opinion"), Second), (genre("satire"), Third)];
    assert_eq!(lines(&third)[1], "a,genre,report,opinion,satire");
    // What a third decided stands whatever the two say later.
    assert_eq!(lines(&[(class("a", "tone", "loaded"), First)])[0], "a,tone,loaded,neutral,neutral");
    assert_eq!(lines(&[(class("c", "tone", "mixed"), First)])[2], "c,tone,mixed,,loaded");
}

#[test]
fn a_row_that_says_nothing_goes() {
    let b = |value| (class("b", "tone", value), First);
    assert_eq!(lines(&[b("mixed"), b("")]).len(), 3);
    assert_eq!(lines(&[b("")]).len(), 3);
}

#[test]
fn undo_leaves_what_another_wrote() {
    let mut sheet = Sheet::parse(CLASSES.as_bytes()).unwrap();
    let step = class("b", "tone", "mixed").apply(&mut sheet, First).unwrap();
    class("b", "tone", "loaded").apply(&mut sheet, Second);
    assert!(step.undo(&mut sheet, First));
    assert!(String::from_utf8(sheet.bytes()).unwrap().contains("\nb,tone,,loaded,loaded\n"));
    // And what has changed since is not taken back.
    let step = class("a", "genre", "satire").apply(&mut sheet, First).unwrap();
    class("a", "genre", "opinion").apply(&mut sheet, First);
    assert!(!step.undo(&mut sheet, First));
}

#[test]
fn a_sentence_is_found_though_it_was_cut_otherwise() {
    let text = "article,start,end,text,first_loaded,second_loaded,loaded,first_hedged,second_hedged,hedged\na,0,40,x,1,1,1,0,0,0\n";
    let mut sheet = Sheet::parse(text.as_bytes()).unwrap();
    let file = file(What::Sentences, "a").unwrap();
    let edit = |start: &str, end: &str| Edit {
        file,
        key: vec![
            ("article", "a".to_owned()),
            ("start", start.to_owned()),
            ("end", end.to_owned()),
        ],
        told: vec![("text", "It may, or may not".to_owned())],
        of: Of::Judge(file.field("hedged").unwrap(), Some("1".to_owned())),
    };
    edit("0", "38").apply(&mut sheet, First);
    edit("41", "60").apply(&mut sheet, First);
    assert_eq!(
        String::from_utf8(sheet.bytes()).unwrap().lines().skip(1).collect::<Vec<_>>(),
        ["a,0,40,x,1,1,1,1,0,", "a,41,60,\"It may, or may not\",0,,0,1,,1"]
    );
}
