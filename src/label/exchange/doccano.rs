//! Lines with entities and relations, as doccano exports and imports them (JSONL).
//!
//! `article` and `text`; sentences, words and pieces of statements are `entities`, ties within a statement `relations`, classes and targets
//! `cats` (`tone: mixed`). What else is known of a statement has no place there. Spans under `label` are read, too.

use super::{
    Desk, Exchange, Given, Named, PARTS, Statement, Stretch, Taken, change, mark, named, of_pair,
    pairs, part, parts,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

pub(super) const EXCHANGE: Exchange = Exchange {
    name: "doccano",
    doc: "a line an article with entities, relations and categories (JSONL)",
    write,
    read,
};

#[derive(Serialize, Deserialize)]
struct Entity {
    id: u64,
    label: String,
    start_offset: usize,
    end_offset: usize,
}

#[derive(Serialize, Deserialize)]
struct Relation {
    id: u64,
    from_id: u64,
    to_id: u64,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Serialize, Deserialize)]
struct Line {
    article: String,
    text: String,
    #[serde(default)]
    entities: Vec<Entity>,
    #[serde(default)]
    relations: Vec<Relation>,
    #[serde(default)]
    cats: Vec<String>,
    /// Spans `[start, end, name]`, or names of classes.
    #[serde(default, skip_serializing)]
    label: Vec<Value>,
}

fn write(taken: &[Taken<'_>]) -> Result<String, serde_json::Error> {
    let mut out = String::new();
    for one in taken {
        let mut line = Line {
            article: one.seen.id.clone(),
            text: one.text.to_owned(),
            entities: Vec::new(),
            relations: Vec::new(),
            cats: pairs(&one.seen).iter().map(|(name, value)| format!("{name}: {value}")).collect(),
            label: Vec::new(),
        };
        let mut add = |label: &str, at: Stretch| {
            let id = line.entities.len() as u64 + 1;
            let [start_offset, end_offset] = at;
            line.entities.push(Entity { id, label: label.to_owned(), start_offset, end_offset });
            id
        };
        for Named { at, name } in named(&one.seen) {
            add(&name, at);
        }
        for statement in &one.seen.statements {
            let mut head = None;
            for (name, pieces) in parts(statement) {
                for at in pieces {
                    let to_id = add(name, *at);
                    let from_id = *head.get_or_insert(to_id);
                    if from_id != to_id {
                        let id = line.relations.len() as u64 + 1;
                        line.relations.push(Relation { id, from_id, to_id, kind: name.to_owned() });
                    }
                }
            }
        }
        out.push_str(&serde_json::to_string(&line)?);
        out.push('\n');
    }
    Ok(out)
}

fn read(text: &str, _: &Desk) -> Result<Vec<Given>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(n, line)| given(n, line)).collect()
}

fn given(n: usize, text: &str) -> Result<Given, String> {
    let place = format!("line {}", n + 1);
    let mut line: Line = serde_json::from_str(text).map_err(|e| format!("{place}: {e}"))?;
    for (k, span) in line.label.iter().enumerate() {
        match span {
            Value::String(name) => line.cats.push(name.clone()),
            Value::Array(span) => {
                let number = |at: usize| usize::try_from(span.get(at)?.as_u64()?).ok();
                let name = span.get(2).and_then(Value::as_str);
                let (Some(start_offset), Some(end_offset), Some(name)) =
                    (number(0), number(1), name)
                else {
                    return Err(format!("{place}: label {} is no [start, end, name]", k + 1));
                };
                let id = u64::MAX - k as u64;
                line.entities.push(Entity { id, label: name.to_owned(), start_offset, end_offset });
            }
            _ => return Err(format!("{place}: label {} is no span and no name", k + 1)),
        }
    }
    let pair = |cat: &String| {
        let (name, value) = cat.rsplit_once(':')?;
        Some(of_pair(name.trim(), value.trim()))
    };
    let mut changes: Vec<_> = line.cats.iter().filter_map(pair).collect();
    let mut pieces: BTreeMap<u64, (&str, Stretch)> = BTreeMap::new();
    for entity in &line.entities {
        let at = [entity.start_offset, entity.end_offset];
        if PARTS.contains(&entity.label.as_str()) {
            pieces.insert(entity.id, (&entity.label, at));
        }
        changes.extend(change(&Named { at, name: entity.label.clone() }));
    }
    let is_tied = |id: u64| line.relations.iter().any(|r| r.to_id == id);
    let heads = pieces.iter().filter(|(id, (name, _))| *name == "content" && !is_tied(**id));
    let statement = |(id, head): (&u64, &(&str, Stretch))| {
        let mut statement = Statement::default();
        let others = line.relations.iter().filter(|r| r.from_id == *id);
        let others = others.filter_map(|r| pieces.get(&r.to_id));
        for (name, at) in std::iter::once(head).chain(others) {
            if let Some(list) = part(&mut statement, name) {
                list.push(*at);
            }
        }
        statement
    };
    let statements: Vec<Statement> = heads.map(statement).collect();
    mark(&mut changes, statements);
    Ok(Given { article: line.article, place, text: Some(line.text), changes, words: Vec::new() })
}
