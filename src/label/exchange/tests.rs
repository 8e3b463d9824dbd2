use super::*;
use crate::article::Article;
use crate::label::Store;

const TEXT: &str = "Ferry 🦊 returns\n\n“The pier is safe,” Mayor Ida Roth said. The vile plan may fail. It rained.\n";

fn desk(dir: &std::path::Path) -> Desk {
    let articles = ["set/x:1", "set/x:2"].map(|id| Article::from_text(id, TEXT));
    Desk::new(Store::new(dir), articles.to_vec())
}

fn at(words: &str) -> Stretch {
    let byte = TEXT.find(words).unwrap();
    let start = TEXT[..byte].chars().count();
    [start, start + words.chars().count()]
}

fn label(desk: &Desk) {
    let sentence = at("The vile plan may fail.");
    let words = at("vile plan");
    let statement = Statement {
        source: vec![at("Mayor Ida Roth")],
        cue: vec![at("said")],
        content: vec![at("“The pier is safe,”")],
        act: "will".to_owned(),
        class: "role".to_owned(),
        speaker: "Ida Roth".to_owned(),
        ..Statement::default()
    };
    let [start, end] = sentence;
    let said = |field: &str, value: &str| Change::Sentence {
        start,
        end,
        field: field.to_owned(),
        value: value.to_owned(),
    };
    for change in [
        Change::Class { axis: "tone".to_owned(), value: "mixed".to_owned() },
        said("hedged", "1"),
        Change::Words { start: words[0], end: words[1], on: true },
        Change::Target {
            target: "Ida Roth".to_owned(),
            field: "stance".to_owned(),
            value: "for".to_owned(),
        },
        Change::Target {
            target: "Ida Roth".to_owned(),
            field: "role".to_owned(),
            value: "praised".to_owned(),
        },
        Change::Statement { old: None, new: Some(Box::new(statement)) },
        Change::Plain,
    ] {
        desk.say("set/x:1", Annotator::First, &change).unwrap();
    }
}

fn files(dir: &std::path::Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = std::fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "csv"))
        .map(|p| (p.display().to_string(), std::fs::read_to_string(&p).unwrap()))
        .map(|(name, text)| (name.rsplit('/').next().unwrap().to_owned(), text))
        .collect();
    files.sort();
    files
}

#[test]
fn what_goes_out_and_comes_in_again_makes_the_same_files() {
    let one = tempfile::tempdir().unwrap();
    label(&desk(one.path()));
    for exchange in EXCHANGES {
        let text = exchange.export(&desk(one.path()), Annotator::First).unwrap();
        let other = tempfile::tempdir().unwrap();
        let count = exchange.import(&text, &desk(other.path()), Annotator::First).unwrap();
        assert_eq!(count, 1);
        let mut wanted = files(one.path());
        if exchange.name == "doccano" {
            // It has no place for what is known of a statement.
            let row = ",direct,will,role,Ida Roth,1,";
            assert!(wanted.iter().any(|(_, text)| text.contains(row)), "{wanted:?}");
            let left = ",direct,speech,person,unresolved,1,";
            wanted.iter_mut().for_each(|(_, text)| *text = text.replace(row, left));
        }
        assert_eq!(files(other.path()), wanted, "{}", exchange.name);
        // Once more changes nothing.
        exchange.import(&text, &desk(other.path()), Annotator::First).unwrap();
        assert_eq!(files(other.path()), wanted, "{}", exchange.name);
    }
}

#[test]
fn places_are_checked_by_slicing_and_nothing_is_written_unless_all_fits() {
    let one = tempfile::tempdir().unwrap();
    label(&desk(one.path()));
    for exchange in EXCHANGES {
        let text = exchange.export(&desk(one.path()), Annotator::First).unwrap();
        for (from, to, told) in [
            ("set/x:1", "set/x:9", "there is no such article"),
            ("mixed", "angry", "no class of tone|is \"angry\""),
            ("Ferry", "Bridge", "its text is another one"),
        ] {
            if !text.contains(from) {
                continue;
            }
            let other = tempfile::tempdir().unwrap();
            let bad = text.replace(from, to);
            let error = exchange.import(&bad, &desk(other.path()), Annotator::First).unwrap_err();
            let error = error.to_string();
            assert!(told.split('|').any(|t| error.contains(t)), "{}: {error}", exchange.name);
            assert!(files(other.path()).is_empty());
        }
    }
    let csv = "article,name,start,end,value,words\nset/x:2,hedged,17,20,1,Xhe\n";
    let error = Exchange::named("csv").unwrap().import(csv, &desk(one.path()), Annotator::First);
    assert!(error.unwrap_err().to_string().contains("\"Xhe\" does not stand at 17-20"));
}

#[test]
fn places_in_utf_16_are_understood_where_the_words_say_so() {
    let dir = tempfile::tempdir().unwrap();
    let [start, end] = at("The vile plan may fail.");
    let task = serde_json::json!([{
        "data": {"article": "set/x:1", "text": TEXT},
        "annotations": [{"result": [{
            "id": "x", "type": "labels", "from_name": "marks", "to_name": "text",
            // The fox before it counts twice.
            "value": {"start": start + 1, "end": end + 1, "text": "The vile plan may fail.", "labels": ["hedged"]},
        }]}],
    }]);
    let exchange = Exchange::named("label-studio").unwrap();
    exchange.import(&task.to_string(), &desk(dir.path()), Annotator::First).unwrap();
    let sentences = &files(dir.path())[0].1;
    assert!(sentences.contains(&format!("set/x:1,{start},{end},,,,1,,1,")), "{sentences}");
}
