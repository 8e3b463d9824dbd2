//! Articles on a desk: what an annotator sees of them, says of them, and takes back.

use super::change::{Change, Statement, Stretch};
use super::derive;
use super::edit::{self, Edit};
use super::file::{Annotator, Field, What, file, is_real};
use super::place::{Place, judged_axes};
use super::sheet::Sheet;
use super::store::{Done, LabelError, Store};
use crate::article::Article;
use crate::axis::Axis;
use crate::learn::reading::PackedArticle;
use crate::text::{OffsetUnit, Ruler};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Changes that can be taken back, for each annotator.
const KEPT: usize = 1000;

/// Articles, and the folder that their labels go to.
pub struct Desk {
    /// Where labels stand.
    pub store: Store,
    /// In the order in which they were given.
    pub articles: Vec<Article>,
    places: BTreeMap<String, usize>,
    done: Mutex<BTreeMap<Annotator, Vec<(String, Done)>>>,
}

/// What was said of something. The three lower ones are for the third annotator only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Said {
    /// What the annotator said; of the third, what is decided.
    pub value: String,
    /// What the first said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// What the second said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second: Option<String>,
    /// The two differ, and nobody has decided.
    #[serde(skip_serializing_if = "is_false")]
    pub open: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// Something that has a name or place, and what was said of it by field.
#[derive(Clone, Debug, Serialize)]
pub struct Judged {
    /// Name of the axis or target; empty for a sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Where it stands, code points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Stretch>,
    /// What was said.
    pub said: BTreeMap<&'static str, Said>,
    /// Words that judge or inflame, code points.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Stretch>,
}

/// An article as an annotator sees it.
#[derive(Clone, Debug, Serialize)]
pub struct Seen {
    /// Its id.
    pub id: String,
    /// Its text in blocks and sentences, and the names that occur.
    pub text: PackedArticle,
    /// What was said of the article.
    pub classes: Vec<Judged>,
    /// What was said of sentences.
    pub sentences: Vec<Judged>,
    /// What was said of targets.
    pub targets: Vec<Judged>,
    /// What was said of sentences that mention a target.
    pub mentions: Vec<Judged>,
    /// Statements that were marked.
    pub statements: Vec<Statement>,
    /// What its files have columns for.
    pub can: BTreeMap<&'static str, bool>,
    /// The annotator's last change can be taken back.
    pub undo: bool,
}

impl Desk {
    /// A desk with articles. Of several with one id the first is taken.
    #[must_use]
    pub fn new(store: Store, articles: Vec<Article>) -> Self {
        let (mut places, mut kept) = (BTreeMap::new(), Vec::new());
        for article in articles {
            if !places.contains_key(&article.id) {
                places.insert(article.id.clone(), kept.len());
                kept.push(article);
            }
        }
        Desk { store, articles: kept, places, done: Mutex::default() }
    }

    /// Where an article lies on the desk.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    fn article(&self, id: &str) -> Result<&Article, LabelError> {
        let place = self.place(id);
        place
            .map(|at| &self.articles[at])
            .ok_or_else(|| LabelError::Refused(format!("no article is named {id:?}")))
    }

    fn history(&self) -> MutexGuard<'_, BTreeMap<Annotator, Vec<(String, Done)>>> {
        // A list of changes is whole whatever happened to who held it.
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what an annotator says; it is on the disk when this returns.
    ///
    /// # Errors
    /// When it does not fit the article, or a file cannot be read or written.
    pub fn say(&self, id: &str, who: Annotator, change: &Change) -> Result<(), LabelError> {
        let edits = self.edits(id, who, std::slice::from_ref(change))?;
        self.write(id, who, &edits)
    }

    /// Of an article of a public set, what follows from its sentences.
    fn derived(&self, id: &str, who: Annotator) -> Result<Done, LabelError> {
        if !is_real(id) {
            return Ok(Done::default());
        }
        let place = Place::new(self.article(id)?);
        let follow = derive::classes(&self.see(id, who)?);
        let edits = follow.iter().map(|(axis, class)| place.class(axis, class));
        self.store.apply(&edits.collect::<Result<Vec<_>, _>>()?, who)
    }

    /// What changes write.
    pub(crate) fn edits(
        &self,
        id: &str,
        who: Annotator,
        changes: &[Change],
    ) -> Result<Vec<Edit>, LabelError> {
        let place = Place::new(self.article(id)?);
        let mut edits = Vec::new();
        for change in changes {
            match change {
                Change::Plain => edits.extend(self.plain(id, who, &place)?),
                other => edits.extend(place.edits(other)?),
            }
        }
        Ok(edits)
    }

    /// Makes changes in one step, which can be taken back as one.
    pub(crate) fn write(&self, id: &str, who: Annotator, edits: &[Edit]) -> Result<(), LabelError> {
        let mut done = self.store.apply(edits, who)?;
        if edits.iter().any(|edit| edit.file.key.contains(&"start")) {
            done.join(self.derived(id, who)?);
        }
        if !done.is_empty() {
            let mut history = self.history();
            let of = history.entry(who).or_default();
            of.push((id.to_owned(), done));
            let over = of.len().saturating_sub(KEPT);
            of.drain(..over);
        }
        Ok(())
    }

    /// Takes the annotator's last change back. Gives its article; none where there is nothing to take back.
    ///
    /// # Errors
    /// When somebody has changed the same since, or a file cannot be read or written.
    pub fn undo(&self, who: Annotator) -> Result<Option<String>, LabelError> {
        let last = self.history().get_mut(&who).and_then(Vec::pop);
        let Some((id, done)) = last else { return Ok(None) };
        match self.store.undo(&done, who)? {
            0 => Ok(Some(id)),
            _ => Err(LabelError::Refused(format!("{id}: it has changed since and stays"))),
        }
    }

    /// Prose sentences of which the annotator has said nothing.
    fn plain(&self, id: &str, who: Annotator, place: &Place<'_>) -> Result<Vec<Edit>, LabelError> {
        let edits = place.prose().map(|span| place.plain(span)).collect::<Result<Vec<_>, _>>()?;
        let Some(file) = file(What::Sentences, id) else { return Ok(Vec::new()) };
        let sheet = self.store.sheet(file)?;
        let unsaid = |edit: &Edit| match edit::locate(&sheet, file, &edit.key) {
            Some(row) => file.fields.iter().all(|f| edit::said(&sheet, row, f, who).is_empty()),
            None => true,
        };
        Ok(edits.into_iter().filter(unsaid).collect())
    }

    /// An article as an annotator sees it: own labels, and of the third both.
    ///
    /// # Errors
    /// When there is no such article, or a file cannot be read.
    pub fn see(&self, id: &str, who: Annotator) -> Result<Seen, LabelError> {
        let article = self.article(id)?;
        let sheets = Sheets::read(&self.store, article)?;
        let text = PackedArticle::new(article, Vec::new());
        let axes = sheets.rows(What::Classes, "axis", who);
        let class = |axis: &'static Axis| {
            let found = axes.iter().find(|row| row.name == axis.name).cloned();
            found.unwrap_or_else(|| Judged {
                name: axis.name.to_owned(),
                at: None,
                said: BTreeMap::new(),
                words: Vec::new(),
            })
        };
        let has = |what: What, column: &str| sheets.has(what, column);
        Ok(Seen {
            classes: judged_axes(id).map(class).collect(),
            sentences: sheets.rows(What::Sentences, "", who),
            targets: sheets.rows(What::Targets, "target", who),
            mentions: sheets.rows(What::Mentions, "target", who),
            statements: sheets.statements(who),
            can: BTreeMap::from([
                ("act", has(What::Sentences, "act")),
                ("words", has(What::Sentences, "words")),
                ("role", has(What::Targets, "role")),
                ("mentions", has(What::Mentions, "role")),
                ("statement_act", has(What::Attributions, "act")),
                ("blind_statements", has(What::Attributions, "first")),
            ]),
            undo: self.history().get(&who).is_some_and(|d| !d.is_empty()),
            id: id.to_owned(),
            text,
        })
    }
}

/// The files of one article as they stand.
struct Sheets<'a> {
    article: &'a Article,
    ruler: Ruler<'a>,
    files: BTreeMap<What, (&'static super::file::LabelFile, Sheet)>,
}

const ALL: [What; 5] =
    [What::Classes, What::Sentences, What::Targets, What::Mentions, What::Attributions];

impl<'a> Sheets<'a> {
    fn read(store: &Store, article: &'a Article) -> Result<Self, LabelError> {
        let mut files = BTreeMap::new();
        for what in ALL {
            if let Some(file) = file(what, &article.id) {
                files.insert(what, (file, store.sheet(file)?));
            }
        }
        let ruler = Ruler::new(&article.text, OffsetUnit::Chars);
        Ok(Sheets { article, ruler, files })
    }

    fn has(&self, what: What, column: &str) -> bool {
        self.files.get(&what).is_some_and(|(_, sheet)| sheet.column(column).is_some())
    }

    /// A place of a file, in code points; none where it does not fit the text.
    fn at(&self, unit: OffsetUnit, start: &str, end: &str) -> Option<Stretch> {
        let (start, end) = (start.parse::<usize>().ok()?, end.parse::<usize>().ok()?);
        let told = |place: usize| match unit {
            OffsetUnit::Bytes => {
                self.article.text.is_char_boundary(place).then(|| self.ruler.tell(place))
            }
            OffsetUnit::Chars => self.ruler.byte(place).map(|_| place),
        };
        Some([told(start)?, told(end)?]).filter(|[start, end]| start < end)
    }

    fn stretches(&self, unit: OffsetUnit, cell: &str) -> Vec<Stretch> {
        let piece = |piece: &str| {
            let (start, end) = piece.split_once('-')?;
            self.at(unit, start.trim(), end.trim())
        };
        cell.split(';').filter_map(piece).collect()
    }

    fn rows(&self, what: What, name: &str, who: Annotator) -> Vec<Judged> {
        let Some((file, sheet)) = self.files.get(&what) else { return Vec::new() };
        let mut rows = Vec::new();
        for row in (0..sheet.len()).filter(|row| sheet.cell(*row, "article") == self.article.id) {
            let said: BTreeMap<&'static str, Said> = file
                .fields
                .iter()
                .map(|field| (field.name, said(sheet, row, field, who)))
                .filter(|(_, said)| *said != Said::default())
                .collect();
            if said.is_empty() {
                continue;
            }
            let at = self.at(file.unit, sheet.cell(row, "start"), sheet.cell(row, "end"));
            let loaded = said.get("loaded").is_some_and(|s| s.value == "1");
            let words = if loaded { sheet.cell(row, "words") } else { "" };
            rows.push(Judged {
                name: if name.is_empty() {
                    String::new()
                } else {
                    sheet.cell(row, name).to_owned()
                },
                at,
                said,
                words: self.stretches(file.unit, words),
            });
        }
        rows
    }

    fn statements(&self, who: Annotator) -> Vec<Statement> {
        let Some((file, sheet)) = self.files.get(&What::Attributions) else { return Vec::new() };
        let mine = |row: &usize| {
            sheet.cell(*row, "article") == self.article.id && edit::has_mark(sheet, *row, who)
        };
        let [source, cue, content] = file.places();
        let statement = |row: usize| {
            let pieces = |column| self.stretches(file.unit, sheet.cell(row, column));
            let cell = |column| sheet.cell(row, column).to_owned();
            let speaker = if sheet.column("speaker").is_some() { "speaker" } else { "speakers" };
            Statement {
                source: pieces(source),
                cue: pieces(cue),
                content: pieces(content),
                kind: cell("kind"),
                act: cell("act"),
                class: cell("source_class"),
                speaker: cell(speaker),
            }
        };
        (0..sheet.len()).filter(mine).map(statement).collect()
    }
}

fn said(sheet: &Sheet, row: usize, field: &Field, who: Annotator) -> Said {
    let value = edit::said(sheet, row, field, who);
    if who != Annotator::Third {
        return Said { value, ..Said::default() };
    }
    let [first, second] = field.said.map(|column| sheet.cell(row, column).to_owned());
    let some = |value: String| Some(value).filter(|v| !v.is_empty());
    Said { value, first: some(first), second: some(second), open: edit::is_open(sheet, row, field) }
}
