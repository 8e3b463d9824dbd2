//! One table of everything: a row each class, target, sentence, word and statement (CSV).
//!
//! Columns `article,name,start,end,value,words`: a row with a place is a stretch of the text (code points), and `words` are what stands
//! there; a statement's pieces are `a-b;c-d` for content, source and cue, divided by `|`, under the name `statement`.

use super::{
    Desk, Exchange, Given, Named, Statement, Stretch, Taken, change, mark, named, of_pair, pairs,
    part, parts, slice, tell, told,
};
use crate::read::{Sheet, sheet};

pub(super) const EXCHANGE: Exchange =
    Exchange { name: "csv", doc: "one table of everything (CSV)", write, read };

const COLUMNS: [&str; 6] = ["article", "name", "start", "end", "value", "words"];
const STATEMENT: &str = "statement";

fn write(taken: &[Taken<'_>]) -> Result<String, serde_json::Error> {
    let mut rows: Vec<[String; 6]> = vec![COLUMNS.map(str::to_owned)];
    for one in taken {
        let id = &one.seen.id;
        let empty = String::new;
        for (name, value) in pairs(&one.seen) {
            rows.push([id.clone(), name, empty(), empty(), value, empty()]);
        }
        for Named { at, name } in named(&one.seen) {
            let [start, end] = at.map(|place| place.to_string());
            let value = "1".to_owned();
            rows.push([id.clone(), name, start, end, value, slice(one.text, at)]);
        }
        for statement in &one.seen.statements {
            let list = |(_, pieces): (&str, &[Stretch])| {
                pieces.iter().map(|[a, b]| format!("{a}-{b}")).collect::<Vec<_>>().join(";")
            };
            let places = parts(statement).map(list).join("|");
            let name = STATEMENT.to_owned();
            rows.push([id.clone(), name, empty(), empty(), places, told(statement).join(" | ")]);
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).map_err(|e| serde::ser::Error::custom(e.to_string()))?;
    }
    let bytes = writer.into_inner().unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn read(text: &str, _: &Desk) -> Result<Vec<Given>, String> {
    let Sheet { columns, rows } =
        sheet(text.as_bytes()).map_err(|(line, message)| format!("line {line}: {message}"))?;
    if columns != COLUMNS {
        return Err(format!("line 1: its columns are not {}", COLUMNS.join(",")));
    }
    let mut all: Vec<Given> = Vec::new();
    for (line, cells) in rows {
        let [article, name, start, end, value, words] = cells.as_slice() else { continue };
        let place = format!("line {line}");
        if all.last().is_none_or(|last| last.article != *article) {
            let article = article.clone();
            all.push(Given { article, place: place.clone(), ..Given::default() });
        }
        let Some(given) = all.last_mut() else { continue };
        if name == STATEMENT {
            mark(&mut given.changes, [statement(value, words)]);
        } else if start.is_empty() {
            given.changes.push(of_pair(name, value));
        } else {
            let number =
                |cell: &str| cell.parse().map_err(|_| format!("{place}: {cell:?} is no place"));
            let at = [number(start)?, number(end)?];
            if !words.is_empty() {
                given.words.push((at, words.clone()));
            }
            given.changes.extend(change(&Named { at, name: name.clone() }));
        }
    }
    Ok(all)
}

fn statement(places: &str, words: &str) -> Statement {
    let mut statement = Statement::default();
    for (name, list) in super::PARTS.iter().zip(places.split('|')) {
        let pieces = list.split(';').filter_map(|piece| {
            let (a, b) = piece.split_once('-')?;
            Some([a.trim().parse().ok()?, b.trim().parse().ok()?])
        });
        if let Some(part) = part(&mut statement, name) {
            part.extend(pieces);
        }
    }
    words.split(" | ").for_each(|words| tell(&mut statement, words));
    statement
}
