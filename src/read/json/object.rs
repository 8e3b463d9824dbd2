//! An object as an article: its fields under the names asked for, else under the usual ones, at the top or further in.

use super::super::html::{Fragment, fragment, line};
use super::super::usual::{TEASERS, folded, usual};
use crate::article::Article;
use serde_json::{Map, Value};
use std::collections::VecDeque;

/// Objects within objects are looked into so far.
const DEEPEST: usize = 6;

/// Most objects that are looked into.
const MOST: usize = 2000;

/// Members that hold other things than the article: pictures, related articles, readers.
const ASIDE: &[&str] = &[
    "associations",
    "renditions",
    "related",
    "relatedarticles",
    "comments",
    "images",
    "image",
    "multimedia",
    "author",
    "authors",
    "user",
];

/// Members under which interfaces wrap a string.
const WRAPPED: &[&str] = &[
    "rendered",
    "value",
    "main",
    "name",
    "original",
    "displayname",
    "title",
    "label",
    "$t",
    "$date",
    "$oid",
];

/// How a text ends that a news interface cut off ("… [+2341 chars]").
const CUT_OFF: &str = " chars]";

/// An object that was read, with the objects around it.
pub(in crate::read) struct Object {
    /// The one that holds the text, then the one that holds that, and so on.
    levels: Vec<Map<String, Value>>,
    /// Names of the members of each, folded and as they are; made when a column is not there under its own name.
    names: Vec<Vec<(String, String)>>,
}

/// What holds the text of an article.
struct Body {
    read: Fragment,
    warning: Option<String>,
}

impl Object {
    /// Fields are looked for in the object itself.
    pub(in crate::read) fn plain(object: Map<String, Value>) -> Self {
        Object { levels: vec![object], names: Vec::new() }
    }

    /// Takes the value of a column by its very name, in the object itself.
    pub(in crate::read) fn take_own(&mut self, column: &str) -> Option<Value> {
        self.levels.first_mut().and_then(|own| own.remove(column))
    }

    /// Takes the value of a column: by its very name, by its path ("a.b"), else by the usual names of it.
    pub(in crate::read) fn take(&mut self, column: &str) -> Option<Value> {
        if let Some(value) = self.take_own(column) {
            return Some(value);
        }
        if let Some(value) = self.levels.iter().rev().find_map(|level| at_path(level, column)) {
            return Some(value.clone());
        }
        if self.names.is_empty() {
            let folded = |level: &Map<String, Value>| {
                level.keys().map(|key| (folded(key), key.clone())).collect()
            };
            self.names = self.levels.iter().map(folded).collect();
        }
        let value = |wanted: &&str| {
            let mut keys = self.levels.iter().zip(&self.names).flat_map(|(level, names)| {
                let of = names.iter().filter(|(folded, _)| folded == *wanted);
                of.filter_map(|(_, key)| level.get(key))
            });
            keys.find(|value| !value.is_null())
        };
        usual(column).iter().find_map(value).cloned()
    }

    /// Takes the text where no column has the name that was asked for; the names that there are when there is none.
    pub(in crate::read) fn take_text(
        &mut self,
        column: &str,
        article: &mut Article,
    ) -> Result<(), String> {
        let top = self.levels.first().ok_or_else(String::new)?;
        let found = at_path(top, column)
            .and_then(|value| body(column, value))
            .map(|body| (body, Vec::new()))
            .or_else(|| search(top, usual(column)))
            .or_else(|| if usual(column).is_empty() { None } else { teaser(top) });
        let Some((body, path)) = found else { return Err(self.names()) };
        self.descend(&path);
        article.warnings.extend(body.warning);
        (article.text, article.passages) = (body.read.text, body.read.passages);
        article.left_out = body.read.left_out;
        Ok(())
    }

    /// Makes an object further in the one in which fields are looked for first.
    fn descend(&mut self, path: &[String]) {
        for name in path {
            let inner = self.levels.first_mut().and_then(|level| level.remove(name));
            if let Some(Value::Object(inner)) = inner {
                self.levels.insert(0, inner);
            }
        }
        self.names.clear();
    }

    /// Is it an agency's item whose text lies elsewhere? Then its head is the article's.
    pub(in crate::read) fn is_text_elsewhere(&mut self) -> bool {
        let is_item = |map: &Map<String, Value>| {
            member(map, "headline").is_some_and(Value::is_string)
                && member(map, "renditions").is_some()
        };
        let Some(path) =
            self.levels.first().and_then(|top| walk(top, |map| is_item(map).then_some(())))
        else {
            return false;
        };
        self.descend(&path.1);
        true
    }

    /// The names that a user may choose from: of members, and of those of objects in them.
    fn names(&self) -> String {
        let mut out = Vec::new();
        for (name, value) in self.levels.iter().flatten() {
            match value {
                Value::Object(inner) => out.extend(inner.keys().map(|key| format!("{name}.{key}"))),
                _ => out.push(name.clone()),
            }
        }
        if out.is_empty() { "none".to_owned() } else { out.join(", ") }
    }
}

/// A value by the names of the members that lead to it; of an array the first element that has one.
fn at_path<'v>(object: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    let (first, rest) = path.split_once('.')?;
    let mut value = object.get(first)?;
    for name in rest.split('.') {
        value = match value {
            Value::Object(inner) => inner.get(name)?,
            Value::Array(all) => all.iter().find_map(|item| item.get(name))?,
            _ => return None,
        };
    }
    Some(value)
}

/// A member by a folded name.
pub(super) fn member<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    let found = object.iter().find(|(key, value)| !value.is_null() && folded(key) == *name);
    found.map(|(_, value)| value)
}

/// Goes through an object and the objects in it, the nearest first; the first that gives something, and the way to it.
fn walk<T>(
    top: &Map<String, Value>,
    of: impl Fn(&Map<String, Value>) -> Option<T>,
) -> Option<(T, Vec<String>)> {
    let mut queue = VecDeque::from([(top, Vec::new())]);
    let mut seen = 0;
    while let Some((object, path)) = queue.pop_front() {
        if let Some(found) = of(object) {
            return Some((found, path));
        }
        if path.len() >= DEEPEST {
            continue;
        }
        for (name, value) in object {
            let Value::Object(inner) = value else { continue };
            if seen < MOST && !ASIDE.contains(&folded(name).as_str()) {
                seen += 1;
                let mut longer = path.clone();
                longer.push(name.clone());
                queue.push_back((inner, longer));
            }
        }
    }
    None
}

fn search(top: &Map<String, Value>, names: &[&str]) -> Option<(Body, Vec<String>)> {
    walk(top, |object| {
        names.iter().find_map(|name| member(object, name).and_then(|value| body(name, value)))
    })
}

/// Does an object hold the text of an article?
pub(super) fn holds_text(object: &Map<String, Value>, column: &str) -> bool {
    object.get(column).or_else(|| at_path(object, column)).is_some_and(|v| !v.is_null())
        || search(object, usual(column)).is_some()
}

/// Is it an article's head: a headline, and a summary or an address?
pub(super) fn has_headline(object: &Map<String, Value>) -> bool {
    let any = |names: &[&str]| names.iter().any(|name| member(object, name).is_some());
    any(usual("title")) && (any(TEASERS) || any(usual("url")))
}

/// The summary of an article that has a headline and no text.
fn teaser(top: &Map<String, Value>) -> Option<(Body, Vec<String>)> {
    walk(top, |object| {
        let has_title = usual("title").iter().any(|name| member(object, name).is_some());
        let found =
            || TEASERS.iter().find_map(|name| member(object, name).and_then(|v| body(name, v)));
        has_title.then(found).flatten()
    })
    .map(|(mut body, path)| {
        body.warning = Some("only a teaser: there is no full text".to_owned());
        (body, path)
    })
}

/// A text: a string, paragraphs, or what wraps one. Under a name that tells HTML it is read as HTML.
fn body(name: &str, value: &Value) -> Option<Body> {
    let (text, html) = match value {
        Value::String(text) => (text.clone(), folded(name).contains("html")),
        Value::Array(all) if all.iter().all(Value::is_string) => {
            let parts: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
            (parts.join("\n\n"), folded(name).contains("html"))
        }
        // ninjs 2: one text in several types. Elsewhere objects are paragraphs (content_elements).
        Value::Array(all) if folded(name) != "bodies" => {
            let text = |item: &Value| {
                let names = ["content", "text", "value"].iter();
                names.filter_map(|name| item.get(name)?.as_str()).next().map(str::to_owned)
            };
            let parts: Vec<String> = all.iter().filter_map(text).collect();
            if parts.iter().any(|part| part.contains("</")) {
                (format!("<div>{}</div>", parts.join("</div><div>")), true)
            } else {
                (parts.join("\n\n"), false)
            }
        }
        Value::Array(all) => {
            let first = all.iter().find(|item| item.get("value").is_some_and(Value::is_string))?;
            let kind = first.get("contenttype").and_then(Value::as_str).unwrap_or_default();
            (first.get("value")?.as_str()?.to_owned(), kind.contains("html"))
        }
        Value::Object(inner) => {
            let text = |name: &str| inner.get(name).and_then(Value::as_str);
            match text("rendered").or_else(|| text("html")) {
                Some(rendered) => (rendered.to_owned(), true),
                None => (text("text").or_else(|| text("value"))?.to_owned(), false),
            }
        }
        _ => return None,
    };
    let mut read = if html { fragment(&text) } else { Fragment::plain(text) };
    if read.text.trim().is_empty() {
        return None;
    }
    let warning = without_mark(&mut read);
    Some(Body { read, warning })
}

/// Takes off the mark with which a news interface ends a text that it cut off.
fn without_mark(read: &mut Fragment) -> Option<String> {
    let cut = read
        .text
        .strip_suffix(CUT_OFF)
        .and_then(|head| head.rfind("[+").filter(|at| head[at + 2..].parse::<u64>().is_ok()));
    let at = cut?;
    let mark = read.text.get(at..).unwrap_or_default().to_owned();
    read.truncate(at);
    Some(format!("only the beginning of the article: the interface cut it off ({mark})"))
}

/// A value on one line: a string, a number, several of them, or what wraps one; the kind of any other.
pub(in crate::read) fn one_line(value: Value) -> Result<Option<String>, &'static str> {
    Ok(match value {
        Value::Null => None,
        Value::String(value) => Some(value),
        Value::Number(value) => Some(value.to_string()),
        Value::Array(all) => {
            let parts = all.into_iter().map(one_line).collect::<Result<Vec<_>, _>>();
            let parts: Vec<String> = parts.map_err(|_| "an array")?.into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        }
        Value::Object(inner) => {
            let wrapped =
                WRAPPED.iter().find_map(|name| member(&inner, name).and_then(Value::as_str));
            line(wrapped.ok_or("an object")?)
        }
        Value::Bool(_) => return Err("true or false"),
    })
}

pub(in crate::read) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
