//! The CSV files of real articles in a labels folder: set and id, classes, offsets in code points, never their text.

use super::answer::{Answer, MentionAnswer, TargetAnswer, Tick};
use super::field::{BAR, Both, Field, NONE};
use super::full::{Full, Stretch};
use super::merge::{Decided, Merged, Whole};
use super::pack::PackedArticle;
use super::place::find;
use super::share::{attribution_class, hedging_class, shares};
use crate::learn::dataset::Table;
use crate::learn::error::LearnError;
use crate::learn::labelled;
use crate::model::replace;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A file of a labels folder: name, columns, and how many of the first columns tell a row from all others.
pub(crate) struct File {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [&'static str],
    key: usize,
}

/// Classes of real articles.
pub(crate) const CLASSES: File = File {
    name: labelled::CLASSES,
    columns: &["article", "axis", "first", "second", "label"],
    key: 2,
};
/// Every prose sentence, and others that somebody marked.
pub(crate) const SENTENCES: File = File {
    name: "real_sentences.csv",
    columns: &[
        "article",
        "start",
        "end",
        "first_act",
        "second_act",
        "act",
        "first_hedged",
        "second_hedged",
        "hedged",
        "first_loaded",
        "second_loaded",
        "loaded",
        "words",
    ],
    key: 3,
};
/// Stance and role of targets.
pub(crate) const TARGETS: File = File {
    name: labelled::TARGETS,
    columns: &[
        "article",
        "target",
        "first_stance",
        "second_stance",
        "stance",
        "first_role",
        "second_role",
        "role",
    ],
    key: 2,
};
/// What a target is made to be in a sentence, and by whom.
pub(crate) const MENTIONS: File = File {
    name: "real_mentions.csv",
    columns: &["article", "target", "start", "end", "first", "second", "role", "by"],
    key: 4,
};
/// Attributions in full.
pub(crate) const ATTRIBUTIONS: File = File {
    name: labelled::ATTRIBUTIONS,
    columns: &[
        "article",
        "source",
        "cue",
        "content",
        "kind",
        "act",
        "source_class",
        "speakers",
        "first",
        "second",
    ],
    key: 4,
};

type Row = Vec<String>;

/// The classes that follow from two readers' ticks, by axis.
pub(super) fn classes(
    article: &PackedArticle,
    both: &Both,
) -> Vec<(&'static str, [&'static str; 2])> {
    let of = |place: usize| {
        shares(article, |field| both.fields.get(field).map(|values| values[place].as_str()))
    };
    let [a, b] = [of(0), of(1)];
    vec![
        ("attribution", [attribution_class(a.attributed), attribution_class(b.attributed)]),
        ("hedging", [hedging_class(a.hedged), hedging_class(b.hedged)]),
    ]
}

fn said(value: &Option<String>) -> String {
    value.clone().filter(|v| v != NONE).unwrap_or_default()
}

fn spans(stretches: &[Stretch]) -> String {
    stretches.iter().map(|(a, b)| format!("{a}-{b}")).collect::<Vec<_>>().join(";")
}

impl Whole<'_> {
    fn id(&self) -> String {
        self.article.article.clone()
    }

    fn class_rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (field, d) in &self.fields {
            if let Field::Class(axis) = field {
                let second = said(&d.second);
                rows.push(vec![
                    self.id(),
                    (*axis).to_owned(),
                    said(&d.first),
                    second,
                    d.label.clone(),
                ]);
            }
        }
        let of = |pick: &dyn Fn(&Decided) -> Option<&str>| {
            let share = shares(self.article, |field| self.fields.get(field).and_then(pick));
            [
                ("attribution", attribution_class(share.attributed)),
                ("hedging", hedging_class(share.hedged)),
            ]
        };
        let first = of(&|d| d.first.as_deref());
        let second = of(&|d| d.second.as_deref());
        let label = of(&|d| Some(d.label.as_str()));
        for ((first, second), label) in first.iter().zip(second).zip(label) {
            let second = if self.readers == 2 { second.1 } else { "" };
            rows.push(
                [&self.article.article, first.0, first.1, second, label.1]
                    .map(str::to_owned)
                    .to_vec(),
            );
        }
        rows
    }

    fn sentence_rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (scored, sentence) in self.article.sentences() {
            let fields = [Field::Act, Field::Hedged, Field::Loaded].map(|f| f(sentence.n));
            if !scored && fields.iter().all(|f| !self.fields.contains_key(f)) {
                continue;
            }
            let mut row = vec![self.id(), sentence.start.to_string(), sentence.end.to_string()];
            for field in &fields {
                let decided = self.fields.get(field);
                let show = |value: Option<&str>| match field {
                    Field::Act(_) => value.filter(|v| *v != NONE).unwrap_or("").to_owned(),
                    _ => u8::from(value.is_some_and(|v| v != NONE && v != "no")).to_string(),
                };
                row.push(show(decided.and_then(|d| d.first.as_deref())));
                row.push(if self.readers == 2 {
                    show(decided.and_then(|d| d.second.as_deref()))
                } else {
                    String::new()
                });
                row.push(show(decided.map(|d| d.label.as_str())));
            }
            let words = self.label(&Field::Loaded(sentence.n));
            let mut stretches: Vec<Stretch> = if words == NONE {
                Vec::new()
            } else {
                words.split(BAR).filter_map(|w| find(&sentence.text, w, 0)).collect()
            };
            stretches.sort_unstable();
            let mut apart: Vec<Stretch> = Vec::new();
            for (a, b) in
                stretches.into_iter().map(|(a, b)| (a + sentence.start, b + sentence.start))
            {
                match apart.last_mut() {
                    Some(last) if a <= last.1 => last.1 = last.1.max(b),
                    _ => apart.push((a, b)),
                }
            }
            row.push(spans(&apart));
            rows.push(row);
        }
        rows
    }

    fn target_rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (field, stance) in &self.fields {
            let Field::Stance(target) = field else { continue };
            let mut row = vec![self.id(), target.clone()];
            row.extend([said(&stance.first), said(&stance.second), stance.label.clone()]);
            match self.fields.get(&Field::Role(target.clone())) {
                Some(role) => {
                    row.extend([said(&role.first), said(&role.second), role.label.clone()])
                }
                None => row.extend([String::new(), String::new(), String::new()]),
            }
            rows.push(row);
        }
        rows
    }

    fn mention_rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (field, d) in &self.fields {
            let Field::Mention(target, n) = field else { continue };
            let Some(sentence) = self.article.sentence(*n) else { continue };
            let (role, by) = d.label.split_once(' ').unwrap_or(("plain", ""));
            let mut row = vec![
                self.id(),
                target.clone(),
                sentence.start.to_string(),
                sentence.end.to_string(),
            ];
            row.extend([said(&d.first), said(&d.second), role.to_owned(), by.to_owned()]);
            rows.push(row);
        }
        rows
    }

    /// What was decided, as one reader would have answered it.
    pub(super) fn answer(&self) -> Answer {
        let class = |axis| self.fields.get(&Field::Class(axis)).map(|d| d.label.clone());
        let mut ticks: BTreeMap<usize, Tick> = BTreeMap::new();
        let mut targets: BTreeMap<&str, TargetAnswer> = BTreeMap::new();
        let tick = |n: usize| Tick { n, ..Tick::default() };
        for (field, d) in self.fields.iter().filter(|(_, d)| d.label != NONE && d.label != "no") {
            let label = d.label.clone();
            match field {
                Field::Act(n) => {
                    let tick = ticks.entry(*n).or_insert_with(|| tick(*n));
                    tick.part = label.ends_with(" part");
                    tick.act = Some(label.trim_end_matches(" part").to_owned());
                }
                Field::Hedged(n) => ticks.entry(*n).or_insert_with(|| tick(*n)).hedged = true,
                Field::Loaded(n) => {
                    let words = label.split(BAR).map(str::to_owned).collect();
                    ticks.entry(*n).or_insert_with(|| tick(*n)).loaded = words;
                }
                Field::Stance(name) => {
                    let role = self.label(&Field::Role(name.clone())).to_owned();
                    let target = TargetAnswer {
                        target: name.clone(),
                        stance: label,
                        role,
                        mentions: Vec::new(),
                    };
                    targets.insert(name, target);
                }
                Field::Mention(name, n) => {
                    // Stances come before mentions in the order of fields.
                    if let (Some(target), Some((role, by))) =
                        (targets.get_mut(name.as_str()), label.split_once(' '))
                    {
                        target.mentions.push(MentionAnswer {
                            n: *n,
                            role: role.to_owned(),
                            by: by.to_owned(),
                        });
                    }
                }
                Field::Class(_) | Field::Named(_) | Field::Role(_) => {}
            }
        }
        Answer {
            article: self.article.key.clone(),
            reader: "decided".to_owned(),
            genre: class("genre"),
            tone: class("tone"),
            sourcing: class("sourcing"),
            sentences: Some(ticks.into_values().collect()),
            targets: Some(targets.into_values().collect()),
            attributions: None,
            decisions: None,
        }
    }
}

fn attribution_rows(full: &Full<'_>) -> Vec<Row> {
    let flag = |found: Option<bool>| found.map(|f| u8::from(f).to_string()).unwrap_or_default();
    let row = |r: &super::full::FullRow| {
        let a = &r.answer;
        let mut row = vec![full.article.article.clone()];
        row.extend([&r.spans.source, &r.spans.cue, &r.spans.content].map(|s| spans(s)));
        row.extend([a.kind.clone(), a.act.clone(), a.class.clone(), a.speakers.join("; ")]);
        row.extend(r.found.map(flag));
        row
    };
    full.rows.iter().map(row).collect()
}

impl Merged<'_> {
    /// Writes what is decided into a labels folder. Rows of articles that are not among the answers stay as they are; rows are
    /// sorted, so that a diff shows just what changed. Of articles whose axes were not asked for, rows that are there stand.
    ///
    /// # Errors
    /// When a file is no table of these columns, or cannot be written.
    pub fn write(&self, labels: &Path) -> Result<(), LearnError> {
        type Rows = fn(&Whole<'_>) -> Vec<Row>;
        let parts: [(&File, Rows); 4] = [
            (&CLASSES, |w| w.class_rows()),
            (&SENTENCES, |w| w.sentence_rows()),
            (&TARGETS, |w| w.target_rows()),
            (&MENTIONS, |w| w.mention_rows()),
        ];
        let mut files = Vec::new();
        for (file, rows) in parts {
            let judged = self.wholes.iter().map(|w| (w, w.judged));
            let stands = [CLASSES.name, TARGETS.name].contains(&file.name);
            let articles =
                judged.map(|(w, judged)| (w.article.article.as_str(), rows(w), !judged && stands));
            files.extend(file.updated(labels, articles.collect())?);
        }
        let fulls =
            self.fulls.iter().map(|f| (f.article.article.as_str(), attribution_rows(f), false));
        files.extend(ATTRIBUTIONS.updated(labels, fulls.collect())?);
        Ok(replace(&files)?)
    }
}

impl File {
    /// The file with the rows of some articles replaced; none when there are no articles. `(article, rows, stands)`: where rows stand, they are only added to: a new row whose key
    /// is there fills empty cells.
    fn updated(
        &self,
        labels: &Path,
        articles: Vec<(&str, Vec<Row>, bool)>,
    ) -> Result<Option<(PathBuf, String)>, LearnError> {
        if articles.is_empty() {
            return Ok(None);
        }
        let path = labels.join(self.name);
        let mut kept: BTreeMap<Row, Row> = BTreeMap::new();
        let key = |row: &Row| -> Row {
            let pad = |(at, cell): (usize, &String)| match self.columns[at] {
                "start" | "end" => format!("{cell:0>9}"),
                "source" | "cue" | "content" => {
                    cell.split(';').map(|s| format!("{s:0>19};")).collect()
                }
                _ => cell.clone(),
            };
            // Rows of attributions go by their content first.
            let mut key: Row = row.iter().enumerate().take(self.key).map(pad).collect();
            if self.columns.get(3) == Some(&"content") {
                key.swap(1, 3);
            }
            key
        };
        let replaced =
            |id: &str| articles.iter().any(|(article, _, stands)| *article == id && !stands);
        if let Some(table) = Table::read_optional(&path)? {
            let lacking = table.lacking(self.columns);
            if !lacking.is_empty() {
                return Err(LearnError::Labels(lacking));
            }
            for index in 0..table.rows.len() {
                let row: Row =
                    self.columns.iter().map(|c| table.cell(index, c).to_owned()).collect();
                if !replaced(&row[0]) {
                    kept.insert(key(&row), row);
                }
            }
        }
        for row in articles.into_iter().flat_map(|(_, rows, _)| rows) {
            match kept.get_mut(&key(&row)) {
                Some(old) => {
                    let empty = old.iter_mut().zip(row).filter(|(old, _)| old.is_empty());
                    empty.for_each(|(old, new)| *old = new);
                }
                None => {
                    kept.insert(key(&row), row);
                }
            }
        }
        let io = |source| LearnError::Io { path: path.display().to_string(), source };
        let mut writer = csv::Writer::from_writer(Vec::new());
        let into = |e: csv::Error| io(std::io::Error::other(e));
        writer.write_record(self.columns).map_err(into)?;
        for row in kept.values() {
            writer.write_record(row).map_err(into)?;
        }
        let bytes = writer.into_inner().map_err(|e| io(std::io::Error::other(e.to_string())))?;
        let text = String::from_utf8(bytes).map_err(|e| io(std::io::Error::other(e)))?;
        Ok(Some((path, text)))
    }
}
