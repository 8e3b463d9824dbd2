//! Tasks with annotations, as Label Studio exports and imports them (JSON).
//!
//! A task's `data` holds `article` and `text`. Classes and targets are `choices`, sentences and words `labels`; the pieces of a statement
//! are tied to its first content by relations, and what else is known of it stands in that region's `meta`.

use super::{
    Desk, Exchange, Given, Named, PARTS, Statement, Stretch, Taken, change, mark, named, of_pair,
    pairs, part, parts, slice, tell, told,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) const EXCHANGE: Exchange =
    Exchange { name: "label-studio", doc: "tasks with annotations (JSON)", write, read };

fn write(taken: &[Taken<'_>]) -> Result<String, serde_json::Error> {
    let tasks: Vec<Value> = taken.iter().map(task).collect();
    Ok(serde_json::to_string_pretty(&tasks)? + "\n")
}

fn task(taken: &Taken<'_>) -> Value {
    let mut result = Vec::new();
    for (name, value) in pairs(&taken.seen) {
        result.push(json!({
            "from_name": name, "to_name": "text", "type": "choices", "value": {"choices": [value]},
        }));
    }
    let region = |id: &str, at: Stretch, name: &str| {
        json!({
            "id": id, "from_name": "marks", "to_name": "text", "type": "labels",
            "value": {"start": at[0], "end": at[1], "text": slice(taken.text, at), "labels": [name]},
        })
    };
    for (n, Named { at, name }) in named(&taken.seen).iter().enumerate() {
        result.push(region(&format!("r{n}"), *at, name));
    }
    for (n, statement) in taken.seen.statements.iter().enumerate() {
        let head = format!("s{n}.content.0");
        for (name, pieces) in parts(statement) {
            for (k, at) in pieces.iter().enumerate() {
                let id = format!("s{n}.{name}.{k}");
                let mut region = region(&id, *at, name);
                if id == head {
                    region["meta"] = json!({ "text": told(statement) });
                }
                result.push(region);
                if id != head {
                    result.push(json!({
                        "type": "relation", "from_id": head, "to_id": id, "direction": "right",
                        "labels": [name],
                    }));
                }
            }
        }
    }
    json!({
        "data": {"article": taken.seen.id, "text": taken.text},
        "annotations": [{"result": result}],
    })
}

fn read(text: &str, desk: &Desk) -> Result<Vec<Given>, String> {
    let tasks: Vec<Value> = serde_json::from_str(text)
        .map_err(|e| format!("is no list of tasks: {e}; export JSON, not JSON-MIN"))?;
    tasks.iter().enumerate().map(|(n, task)| given(n, task, desk)).collect()
}

fn given(n: usize, task: &Value, desk: &Desk) -> Result<Given, String> {
    let place = format!("task {}", n + 1);
    let of = |name: &str| task["data"][name].as_str().map(str::to_owned);
    let article = of("article").ok_or_else(|| format!("{place}: its data has no \"article\""))?;
    let mut given = Given { article, place, text: of("text"), ..Given::default() };
    let text = desk.place(&given.article).map_or("", |place| desk.articles[place].text.as_str());
    let empty = Vec::new();
    // Of several annotations the last that was not cancelled.
    let annotations = task["annotations"].as_array().unwrap_or(&empty);
    let last = annotations.iter().rev().find(|a| a["was_cancelled"] != true);
    let result = last.and_then(|a| a["result"].as_array()).unwrap_or(&empty);
    let mut heads: BTreeMap<String, Statement> = BTreeMap::new();
    let mut pieces: BTreeMap<&str, (&str, Stretch)> = BTreeMap::new();
    let mut tied: Vec<(&str, &str)> = Vec::new();
    for item in result {
        let id = item["id"].as_str().unwrap_or_default();
        match item["type"].as_str() {
            Some("choices") => {
                let name = item["from_name"].as_str().unwrap_or_default();
                let chosen = item["value"]["choices"].as_array().unwrap_or(&empty);
                let chosen = chosen.iter().filter_map(Value::as_str);
                given.changes.extend(chosen.map(|value| of_pair(name, value)));
            }
            Some("labels") => {
                let at = stretch(&item["value"], text)
                    .ok_or_else(|| format!("{}: region {id:?} has no place", given.place))?;
                if let Some(words) = item["value"]["text"].as_str() {
                    given.words.push((at, words.to_owned()));
                }
                for name in item["value"]["labels"].as_array().unwrap_or(&empty) {
                    let name = name.as_str().unwrap_or_default();
                    if let Some(known) = PARTS.iter().find(|p| **p == name) {
                        pieces.insert(id, (known, at));
                    }
                    given.changes.extend(change(&Named { at, name: name.to_owned() }));
                }
                let meta = item["meta"]["text"].as_array().unwrap_or(&empty);
                for words in meta.iter().filter_map(Value::as_str) {
                    tell(heads.entry(id.to_owned()).or_default(), words);
                }
            }
            Some("relation") => {
                let end = |name: &str| item[name].as_str().unwrap_or_default();
                tied.push((end("from_id"), end("to_id")));
            }
            _ => {}
        }
    }
    mark(&mut given.changes, statements(heads, &pieces, &tied));
    Ok(given)
}

/// A content to which nothing points is a statement's first; what it points to belongs to it.
fn statements(
    mut heads: BTreeMap<String, Statement>,
    pieces: &BTreeMap<&str, (&str, Stretch)>,
    tied: &[(&str, &str)],
) -> Vec<Statement> {
    let is_head = |id: &str, name: &str| name == "content" && !tied.iter().any(|(_, to)| *to == id);
    let mut all = Vec::new();
    for (id, (name, at)) in pieces.iter().filter(|(id, (name, _))| is_head(id, name)) {
        let mut statement = heads.remove(*id).unwrap_or_default();
        let others = tied.iter().filter(|(from, _)| from == id);
        let others = others.filter_map(|(_, to)| pieces.get(to));
        for (name, at) in std::iter::once(&(*name, *at)).chain(others) {
            if let Some(list) = part(&mut statement, name) {
                list.push(*at);
            }
        }
        all.push(statement);
    }
    all
}

/// The place of a region in code points. Browsers count UTF-16 units: where the words stand there and not by code points, that is what is
/// meant.
fn stretch(value: &Value, text: &str) -> Option<Stretch> {
    let number = |name: &str| usize::try_from(value[name].as_u64()?).ok();
    let at = [number("start")?, number("end")?];
    if at[0] >= at[1] {
        return None;
    }
    let words = value["text"].as_str();
    if words.is_none_or(|words| slice(text, at) == words) {
        return Some(at);
    }
    let mut units = 0;
    let mut places = BTreeMap::from([(0, 0)]);
    for (n, c) in text.chars().enumerate() {
        units += c.len_utf16();
        places.insert(units, n + 1);
    }
    let told = places.get(&at[0]).zip(places.get(&at[1])).map(|(a, b)| [*a, *b]);
    // What stands nowhere is told as it is given.
    Some(told.filter(|told| Some(slice(text, *told).as_str()) == words).unwrap_or(at))
}
