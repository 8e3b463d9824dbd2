//! Findings as text, JSON, SARIF and workflow commands.

use super::place::{Lines, Place};
use super::{Finding, KINDS, Severity};
use crate::report::line;
use crate::text::OffsetUnit;
use serde_json::{Value, json};

/// Findings of one article, ready to be written.
#[derive(Clone, Debug)]
pub struct Checked {
    source: String,
    id: String,
    /// A row of a file of many: places are told with its id.
    row: bool,
    findings: Vec<(Finding, Place, String)>,
}

impl Checked {
    /// Findings with the text that they stand in. `row`: the article is one of many in its file.
    #[must_use]
    pub fn new(source: &str, id: &str, row: bool, text: &str, findings: Vec<Finding>) -> Self {
        let lines = Lines::of(text);
        let told = |f: Finding| {
            let place = lines.place(f.span);
            let words = f.span.map_or("", |s| s.slice(text)).to_owned();
            (f, place, words)
        };
        let findings = findings.into_iter().map(told).collect();
        Checked { source: source.to_owned(), id: id.to_owned(), row, findings }
    }

    /// The findings.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().map(|(f, ..)| f)
    }

    /// "draft.txt", or "drafts.jsonl#17" for a row.
    fn file(&self) -> String {
        if self.row { format!("{}#{}", self.source, self.id) } else { self.source.clone() }
    }
}

/// A way of writing findings: one literal each.
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    frame: fn() -> (String, &'static str, &'static str),
    item: fn(&Checked, &Finding, Place, &str) -> String,
}

/// Every format.
pub const FORMATS: &[Format] = &[
    Format {
        name: "text",
        doc: "a line for each finding, for reading",
        frame: || (String::new(), "", ""),
        item: text,
    },
    Format {
        name: "json",
        doc: "a JSON array",
        frame: || ("[".to_owned(), ",", "\n]\n"),
        item: |c, f, p, w| format!("\n{}", object(c, f, p, w)),
    },
    Format {
        name: "sarif",
        doc: "SARIF 2.1.0, for code scanning and editors",
        frame: sarif_frame,
        item: |c, f, p, w| format!("\n{}", result(c, f, p, w)),
    },
    Format {
        name: "github",
        doc: "workflow commands, for annotations in GitHub Actions",
        frame: || (String::new(), "", ""),
        item: |c, f, p, _| command(c, f, p),
    },
];

impl Format {
    /// The format of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|f| f.name == name)
    }

    /// What stands before all findings, between two, and behind all.
    #[must_use]
    pub fn frame(&self) -> (String, &'static str, &'static str) {
        (self.frame)()
    }

    /// The findings of an article, one by one.
    #[must_use]
    pub fn items(&self, checked: &Checked) -> Vec<String> {
        checked.findings.iter().map(|(f, p, w)| (self.item)(checked, f, *p, w)).collect()
    }
}

fn text(checked: &Checked, finding: &Finding, place: Place, _: &str) -> String {
    let file = checked.file();
    let told = format!(
        "{file}:{}:{}: {}: {}; {}",
        place.line, place.column, finding.kind.name, finding.message, finding.kind.help
    );
    format!("{}\n", line(&told))
}

fn object(checked: &Checked, finding: &Finding, place: Place, words: &str) -> Value {
    json!({
        "source": checked.source, "id": checked.id,
        "kind": finding.kind.name, "severity": finding.severity.name(),
        "line": place.line, "column": place.column,
        "end_line": place.end_line, "end_column": place.end_column,
        "start": finding.span.map(|s| s.start), "end": finding.span.map(|s| s.end),
        "unit": OffsetUnit::Bytes.name(),
        "text": words, "message": finding.message, "help": finding.kind.help,
    })
}

/// The head of a SARIF log with all kinds as rules.
fn sarif_frame() -> (String, &'static str, &'static str) {
    let rule = |kind: &&super::Kind| {
        json!({
            "id": kind.name,
            "shortDescription": {"text": kind.summary},
            "fullDescription": {"text": kind.why},
            "help": {"text": kind.help},
            "defaultConfiguration": {"level": kind.severity.name()},
        })
    };
    let driver = json!({
        "name": "newsgauge", "version": env!("CARGO_PKG_VERSION"),
        "rules": KINDS.iter().map(rule).collect::<Vec<_>>(),
    });
    let head = format!(
        "{{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\", \"runs\": [{{\"tool\": {{\"driver\": {driver}}}, \
         \"columnKind\": \"unicodeCodePoints\", \"results\": ["
    );
    (head, ",", "\n]}]}\n")
}

fn result(checked: &Checked, finding: &Finding, place: Place, words: &str) -> Value {
    let rule = KINDS.iter().position(|k| k.name == finding.kind.name);
    let mut location = json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(&checked.source)},
        "region": {
            "startLine": place.line, "startColumn": place.column,
            "endLine": place.end_line, "endColumn": place.end_column,
            "snippet": {"text": words},
        },
    }});
    if checked.row {
        location["logicalLocations"] = json!([{"name": checked.id, "kind": "element"}]);
    }
    json!({
        "ruleId": finding.kind.name, "ruleIndex": rule,
        "level": finding.severity.name(),
        "message": {"text": format!("{}; {}", finding.message, finding.kind.help)},
        "locations": [location],
    })
}

/// A path as a relative or absolute reference: what may not stand in one is written as `%XX`.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn command(checked: &Checked, finding: &Finding, place: Place) -> String {
    let level = match finding.severity {
        Severity::Note => "notice",
        severity => severity.name(),
    };
    let row = if checked.row { format!("{}: ", checked.id) } else { String::new() };
    let message = format!("{row}{}; {}", finding.message, finding.kind.help);
    // A column's end is told only within one line.
    let end = if place.line == place.end_line {
        format!(",endColumn={}", place.end_column)
    } else {
        String::new()
    };
    format!(
        "::{level} file={},line={},endLine={},col={}{end},title={}::{}\n",
        property(&checked.source),
        place.line,
        place.end_line,
        place.column,
        property(finding.kind.name),
        data(&line(&message)),
    )
}

/// What would end a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What would end a property, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
