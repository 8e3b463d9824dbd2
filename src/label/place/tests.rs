use super::*;

const TEXT: &str = "Town votes\n\n“Früh genug,” said Orla Venn. The vile plan may fail.\n";

fn edits(id: &str, change: &Change) -> Result<Vec<Edit>, LabelError> {
    Place::new(&Article::from_text(id, TEXT)).edits(change)
}

fn key(edit: &Edit) -> Vec<&str> {
    edit.key.iter().map(|(_, v)| v.as_str()).collect()
}

#[test]
fn marks_snap_to_whole_words_and_slice_the_text() {
    let said = |s: &str| {
        let at = TEXT.find(s).unwrap();
        let chars = TEXT[..at].chars().count();
        [chars, chars + s.chars().count()]
    };
    let new = Statement {
        source: vec![said("rla Ven")],
        cue: vec![said("aid")],
        content: vec![said("“Früh genug,”")],
        ..Statement::default()
    };
    let change = Change::Statement { old: None, new: Some(Box::new(new)) };
    let own = &edits("a", &change).unwrap()[0];
    assert_eq!(
        key(own),
        ["a", "36-45", "31-35", "12-30", "direct", "speech", "person", "unresolved"]
    );
    assert_eq!(own.told[0].1, "Orla Venn");
    assert_eq!(own.told[2].1, &TEXT[12..30]);
    let real = &edits("set/x:1", &change).unwrap()[0];
    assert_eq!(key(real)[1..4], ["31-40", "26-30", "12-25"]);
    assert!(real.told.is_empty());
}

#[test]
fn words_make_their_sentence_loaded() {
    let at = TEXT.chars().count() - "vile plan may fail.\n".len();
    let change = Change::Words { start: at + 1, end: at + 2, on: true };
    let real = edits("set/x:1", &change).unwrap();
    assert!(
        matches!(&real[1].of, Of::Piece("words", piece, true) if *piece == format!("{at}-{}", at + 4))
    );
    assert_eq!(edits("a", &change).unwrap().len(), 1);
}

#[test]
fn what_does_not_fit_is_refused() {
    let class =
        |axis: &str, value: &str| Change::Class { axis: axis.to_owned(), value: value.to_owned() };
    let target = |target: &str| Change::Target {
        target: target.to_owned(),
        field: "stance".to_owned(),
        value: "for".to_owned(),
    };
    let blank = Change::Words { start: 10, end: 12, on: true };
    for (change, told) in [
        (class("tone", "angry"), "tone is \"angry\"; it is one of neutral, mixed, loaded"),
        (class("reliability", "low"), "no axis that is judged here"),
        (target(" "), "needs a name"),
        (target("a b c d e f g h"), "has 8 words"),
        (Change::Words { start: 3, end: 900, on: true }, "does not fit the text"),
        (blank, "there is no word"),
        (Change::Statement { old: None, new: Some(Box::default()) }, "mark its content"),
    ] {
        let error = edits("a", &change).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
    assert!(edits("set/x:1", &class("hedging", "low")).is_err());
}
