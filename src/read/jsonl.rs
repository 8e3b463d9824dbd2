//! JSONL: one JSON object a line. A file that begins as another form of JSON is handed on to [`super::json`].

use super::columns::add_targets;
use super::decode::Decoder;
use super::json::{self, Object, kind, one_line};
use super::row::Raw;
use super::source::too_long;
use super::{Format, Options, Place, Reject, Row, Rows, Source, field, has_ending};
use crate::article::{Article, TargetRequest};
use crate::text::Ruler;
use serde_json::{Map, Value};
use std::io;
use std::sync::Arc;

const ENDINGS: &[&str] = &[".jsonl", ".ndjson", ".json"];

/// JSONL.
pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    doc: "one JSON object a line: id, text, and when present title, outlet, url, date, byline, section, targets",
    endings: ENDINGS,
    matches: |name, head| has_ending(name, ENDINGS) || looks_like_it(head),
    read,
};

/// The first line tells lines from a document.
fn read(mut source: Source, options: Arc<Options>) -> Rows {
    let mut buffer = Vec::new();
    let offset = source.offset;
    let first = source.line(&mut buffer, options.longest());
    if matches!(first, Ok(Some(true))) && json::is_document(&buffer, &mut source, &options.columns)
    {
        buffer.push(b'\n');
        return json::read(source, buffer, offset, options);
    }
    let first = Some((offset, first));
    let decoder = Decoder::new();
    Box::new(Lines { source, options, decoder, buffer, line: 0, first, ended: false })
}

/// Opens with an object that has a member: `{"`.
fn looks_like_it(head: &[u8]) -> bool {
    let body = head.trim_ascii_start();
    body.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""))
}

struct Lines {
    source: Source,
    options: Arc<Options>,
    decoder: Decoder,
    buffer: Vec<u8>,
    line: u64,
    /// The first line, which was read already: where it began, and whether it was read.
    first: Option<(u64, io::Result<Option<bool>>)>,
    ended: bool,
}

impl Iterator for Lines {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while !self.ended {
            self.line += 1;
            let (offset, read) = match self.first.take() {
                Some(first) => first,
                None => {
                    let offset = self.source.offset;
                    (offset, self.source.line(&mut self.buffer, self.options.longest()))
                }
            };
            let reason = match read {
                Ok(None) => break,
                Ok(Some(false)) => too_long(self.options.longest()),
                Ok(Some(true)) if self.buffer.trim_ascii().is_empty() => continue,
                Ok(Some(true)) => return Some(self.row(offset)),
                Err(error) => {
                    self.ended = true;
                    error.to_string()
                }
            };
            return Some(Row::rejected(self.source.place(Some(self.line), Some(offset)), reason));
        }
        self.ended = true;
        None
    }
}

impl Lines {
    /// Decoding goes on here, in order: what earlier rows were encoded in helps with this one.
    fn row(&mut self, offset: u64) -> Row {
        let (line, warning) = self.decoder.decode_owned(std::mem::take(&mut self.buffer));
        let warnings = self.source.warning.iter().cloned().chain(warning).collect();
        row(self.source.place(Some(self.line), Some(offset)), line, warnings, &self.options)
    }
}

/// A row that is a JSON object.
pub(super) fn row(
    place: Place,
    line: String,
    warnings: Vec<String>,
    options: &Arc<Options>,
) -> Row {
    let options = Arc::clone(options);
    Row::new(place.clone(), Raw::of(line.as_bytes()), move || {
        parse(&line, warnings, &place, &options).map_err(|reject| reject.with_raw(&line))
    })
}

fn parse(
    line: &str,
    warnings: Vec<String>,
    place: &Place,
    options: &Options,
) -> Result<Article, Reject> {
    let parsed = serde_json::from_str::<Map<String, Value>>(line);
    let row = parsed.map_err(|e| place.reject(None, format!("not a JSON object: {e}")))?;
    let mut row = Object::plain(row);
    let names = &options.columns;
    let mut article = place.article(None);
    article.warnings = warnings;
    let text = match row.take_own(&names.text) {
        Some(Value::String(text)) => {
            article.text = text;
            Ok(())
        }
        None | Some(Value::Null) => row.take_text(&names.text, &mut article),
        Some(other) => {
            let id = id(&mut row, &names.id).ok().flatten();
            let told = format!("{:?} is {}, not a string", names.text, kind(&other));
            return Err(place.reject(id, told));
        }
    };
    let id = id(&mut row, &names.id).map_err(|reason| place.reject(None, reason))?;
    article.id = place.article(id.clone()).id;
    match text {
        Ok(()) => {}
        Err(_) if row.is_text_elsewhere() => article.warnings.push(ELSEWHERE.to_owned()),
        Err(columns) => return Err(place.reject(id, without_text(&names.text, &columns))),
    }
    let mut field = |name: &str| {
        one_line(row.take(name)?).unwrap_or_else(|kind| {
            article.warnings.push(format!("{name:?} is {kind} and was left out"));
            None
        })
    };
    let (title, outlet, url) = (field(&names.title), field(&names.outlet), field(&names.url));
    let (date, byline) = (field(&names.date), field(&names.byline));
    let section = field(&names.section);
    let targets = row.take_own(&names.targets).unwrap_or(Value::Null);
    article = Article { title, outlet, url, date, byline, section, ..article };
    let spans = targets.as_array().is_some_and(|all| all.iter().any(Value::is_object));
    field::read(&mut article, options, spans);
    article.targets =
        requests(&targets, &article.text, options).map_err(|reason| place.reject(id, reason))?;
    add_targets(&mut article, options);
    Ok(article)
}

/// Said of an agency's item that has a headline and no text.
const ELSEWHERE: &str = "the item holds no text: the agency sends it apart (its renditions)";

/// Why an object is no article; `columns` are the names in it.
fn without_text(name: &str, columns: &str) -> String {
    let own = columns.split(", ").any(|c| c == "axes" || c.starts_with("axes."));
    let hint =
        if own { "newsgauge's own output holds it with --text" } else { "a.b reaches inside" };
    format!("has no {name:?}; its columns are {columns} (--text-column names another, {hint})")
}

/// Names the article: a string or a number.
fn id(row: &mut Object, column: &str) -> Result<Option<String>, String> {
    match row.take_own(column) {
        Some(Value::String(id)) => Ok(Some(id)),
        Some(Value::Number(id)) => Ok(Some(id.to_string())),
        Some(other) if !other.is_null() => {
            Err(format!("{column:?} is {}, not a string or a number", kind(&other)))
        }
        // Under another name it is what can be one.
        _ => Ok(row.take(column).and_then(|value| one_line(value).ok().flatten())),
    }
}

fn requests(value: &Value, text: &str, options: &Options) -> Result<Vec<TargetRequest>, String> {
    let name = &options.columns.targets;
    let list = match value {
        Value::Null => return Ok(Vec::new()),
        Value::Array(list) => list.as_slice(),
        Value::String(_) => std::slice::from_ref(value),
        other => return Err(format!("{name:?} is {}, not an array", kind(other))),
    };
    // Only spans need the ruler, and it reads the whole text.
    let ruler = list.iter().any(Value::is_object).then(|| Ruler::new(text, options.unit));
    let mut out = Vec::with_capacity(list.len());
    for (index, item) in list.iter().enumerate() {
        let place =
            |key: &str| item.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
        out.push(match (item, &ruler, place("start"), place("end")) {
            (Value::String(target), ..) if !target.trim().is_empty() => TargetRequest::Name(target.clone()),
            (Value::Object(_), Some(ruler), Some(from), Some(to)) => match (ruler.byte(from), ruler.byte(to)) {
                (Some(start), Some(end)) if start < end => TargetRequest::Mention { start, end },
                _ => {
                    return Err(format!("{name}[{index}]: {from}..{to} is no place in the text, counted in {} (see --offsets)", options.unit.name()));
                }
            },
            _ => return Err(format!("{name}[{index}] is neither a name nor {{\"start\": …, \"end\": …}}")),
        });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::OffsetUnit;

    fn rows(text: &str, options: Options) -> Vec<Result<Article, Reject>> {
        let source = Source::new(
            "a/b.jsonl".to_owned(),
            "b".to_owned(),
            std::io::Cursor::new(text.to_owned()),
        )
        .expect("opens");
        (FORMAT.read)(source, Arc::new(options)).map(Row::read).collect()
    }

    #[test]
    fn rows_are_read_and_bad_ones_say_why() {
        let text = "{\"id\": 7, \"text\": \"Hello.\", \"date\": 2022, \"outlet\": {\"a\": 1}}\n\n{\"text\": 5}\nnot json\n{\"text\": \"No id.\"}";
        let rows = rows(text, Options::default());
        let first = rows[0].as_ref().expect("first row");
        assert_eq!(
            (first.id.as_str(), first.source.as_str(), first.date.as_deref()),
            ("7", "a/b.jsonl:1", Some("2022"))
        );
        assert_eq!(first.warnings, ["\"outlet\" is an object and was left out"]);
        let second = rows[1].as_ref().expect_err("text is a number");
        assert_eq!(
            (second.line, second.reason.as_str()),
            (Some(3), "\"text\" is a number, not a string")
        );
        assert!(
            rows[2]
                .as_ref()
                .is_err_and(|r| r.line == Some(4) && r.reason.starts_with("not a JSON object"))
        );
        assert_eq!(rows[3].as_ref().map(|a| a.id.as_str()), Ok("b:5"));
    }

    #[test]
    fn target_spans_count_in_the_unit_asked_for() {
        let line =
            "{\"text\": \"“Né” said Zoë.\", \"targets\": [\"Né\", {\"start\": 10, \"end\": 13}]}";
        let options = Options { unit: OffsetUnit::Chars, ..Options::default() };
        let rows = rows(line, options);
        let article = rows[0].as_ref().expect("row");
        assert_eq!(article.targets[0], TargetRequest::Name("Né".to_owned()));
        let TargetRequest::Mention { start, end } = article.targets[1] else { panic!("a span") };
        assert_eq!(&article.text[start..end], "Zoë");
    }

    #[test]
    fn target_spans_outside_the_text_reject_the_row() {
        let rows = rows(
            "{\"id\": \"x\", \"text\": \"Né\", \"targets\": [{\"start\": 0, \"end\": 2}]}",
            Options::default(),
        );
        let reject = rows[0].as_ref().expect_err("byte 2 is inside a character");
        assert_eq!(reject.id.as_deref(), Some("x"));
        assert_eq!(
            reject.reason,
            "targets[0]: 0..2 is no place in the text, counted in bytes (see --offsets)"
        );
    }

    #[test]
    fn without_a_limit_every_row_is_read() {
        let rows = rows(
            "{\"text\": \"a\"}\n{\"text\": \"b\"}",
            Options { max_bytes: usize::MAX, ..Options::default() },
        );
        assert!(rows.len() == 2 && rows.iter().all(Result::is_ok));
    }

    #[test]
    fn other_json_is_handed_on() {
        for text in [
            "[\n{\"text\": \"a\"},\n{\"text\": \"b\"}\n]",
            "{\n\"text\": \"a\"\n}\n{\n\"text\": \"b\"\n}",
            "{\"n\": 2, \"items\": [{\"text\": \"a\"}, {\"text\": \"b\"}]}",
        ] {
            let rows = rows(text, Options::default());
            let texts: Vec<&str> = rows.iter().flatten().map(|a| a.text.as_str()).collect();
            assert_eq!(texts, ["a", "b"], "{text}");
        }
    }

    #[test]
    fn a_first_row_that_is_broken_costs_itself() {
        let rows = rows("{\"text\": [\n{\"text\": \"b\"}\n", Options::default());
        assert!(rows[0].is_err() && rows[1].is_ok() && rows.len() == 2, "{rows:?}");
    }
}
