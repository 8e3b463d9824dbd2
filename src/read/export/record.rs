//! One article of an export: the fields that databases give, and the article made of them.

use super::super::columns::add_targets;
use super::super::row::Raw;
use super::super::{Options, Place, Reject, Row, wrapped};
use super::lines::{Field, Piece};
use crate::article::Article;
use std::sync::Arc;

/// An article as a reader cut it out of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Record {
    pub(in crate::read) id: Option<String>,
    pub(in crate::read) title: Option<String>,
    pub(in crate::read) outlet: Option<String>,
    pub(in crate::read) date: Option<String>,
    pub(in crate::read) byline: Option<String>,
    pub(in crate::read) section: Option<String>,
    pub(in crate::read) url: Option<String>,
    pub(in crate::read) language: Option<String>,
    /// Words that the article has, as the database counts them.
    pub(in crate::read) length: Option<usize>,
    pub(in crate::read) text: String,
}

impl Record {
    /// Sets what a label names. The first value of a field counts.
    pub(super) fn set(&mut self, field: Field, value: String) {
        let slot = match field {
            Field::Title => &mut self.title,
            Field::Outlet => &mut self.outlet,
            Field::Date => &mut self.date,
            Field::Byline => &mut self.byline,
            Field::Section => &mut self.section,
            Field::Url => &mut self.url,
            Field::Id => &mut self.id,
            Field::Language => &mut self.language,
            Field::Length => {
                self.length = self.length.or_else(|| count(&value));
                return;
            }
            Field::Text | Field::Head | Field::Tail | Field::Picture => return,
        };
        if slot.is_none() && !value.is_empty() {
            *slot = Some(value);
        }
    }

    /// Sets every field that the pieces name.
    pub(super) fn set_all<'t>(&mut self, pieces: impl IntoIterator<Item = &'t Piece<'t>>) {
        for piece in pieces {
            if let Some(field) = piece.field {
                self.set(field, piece.folded());
            }
        }
    }

    /// The record as a row; `warning` was noticed about the whole file.
    pub(in crate::read) fn row(
        self,
        place: Place,
        warning: Option<String>,
        options: &Arc<Options>,
    ) -> Row {
        let raw = Raw::of(format!("{self:?}").as_bytes());
        let options = Arc::clone(options);
        Row::new(place.clone(), raw, move || self.article(&place, warning, &options))
    }

    fn article(
        self,
        place: &Place,
        warning: Option<String>,
        options: &Options,
    ) -> Result<Article, Reject> {
        let id = self.id.map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
        let text = self.text.trim();
        if text.is_empty() {
            let named = self.title.or(id).unwrap_or_else(|| "an article".to_owned());
            let reason = format!(
                "{named:?} has no text in this export: save the full text, not a list or abstract"
            );
            return Err(place.reject(None, reason));
        }
        let mut article = Article {
            title: self.title.map(|title| folded(&title)),
            outlet: self.outlet.map(|outlet| outlet.trim_end_matches(['.', ' ']).to_owned()),
            date: self.date,
            byline: self.byline.as_deref().map(without_by),
            section: self.section.as_deref().and_then(without_page),
            url: self.url,
            declared_language: self.language.as_deref().and_then(code),
            declared_words: self.length,
            warnings: warning.into_iter().collect(),
            ..place.article(id)
        };
        article.text = wrapped::joined(text).unwrap_or_else(|| text.to_owned());
        article.warnings.extend(missing(&article));
        article.warnings.extend(shorter(&article));
        add_targets(&mut article, options);
        Ok(article)
    }
}

/// The number that a text begins with: "1,823 words".
pub(super) fn count(text: &str) -> Option<usize> {
    let digits = text.trim_start();
    let end = digits.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | '\u{a0}')));
    let digits: String =
        digits[..end.unwrap_or(digits.len())].chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_by(byline: &str) -> String {
    let byline = byline.trim();
    let rest = byline.get(..3).filter(|by| by.eq_ignore_ascii_case("by ")).map(|_| &byline[3..]);
    rest.unwrap_or(byline).trim().to_owned()
}

/// "NEWS; Pg. 4; Version:2" is the section NEWS.
fn without_page(section: &str) -> Option<String> {
    let is_page = |part: &&str| {
        let part = part.to_lowercase();
        if part.starts_with("version:") || part.starts_with("pg.") {
            return true;
        }
        let number = ["pg", "page", "p.", "seite", "s."].iter().find_map(|p| part.strip_prefix(p));
        number.is_some_and(|n| n.trim_start_matches(['.', ' ']).len() < 8)
    };
    let parts = section.split(';').map(str::trim).filter(|part| !part.is_empty());
    let kept: Vec<&str> = parts.filter(|part| !is_page(part)).collect();
    (!kept.is_empty()).then(|| kept.join("; "))
}

/// A code of a language as databases give it ("EN").
fn code(language: &str) -> Option<String> {
    let language = language.trim().to_lowercase();
    match language.as_str() {
        "english" => Some("en".to_owned()),
        _ => (language.len() == 2).then_some(language),
    }
}

/// What the export does not tell of the article.
fn missing(article: &Article) -> Option<String> {
    let fields = [
        ("title", &article.title),
        ("outlet", &article.outlet),
        ("date", &article.date),
        ("byline", &article.byline),
        ("section", &article.section),
    ];
    let missing: Vec<&str> =
        fields.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| *name).collect();
    (!missing.is_empty()).then(|| format!("the export gives no {}", missing.join(", no ")))
}

/// Much less text than the database counts: something was cut off, or was not understood.
fn shorter(article: &Article) -> Option<String> {
    let (declared, read) = (article.declared_words?, article.text.split_whitespace().count());
    (read * 2 < declared)
        .then(|| format!("the export counts {declared} words, of which {read} were found"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(record: Record) -> Article {
        let place = Place { source: "f".into(), stem: "f".into(), line: Some(2), offset: None };
        record.article(&place, None, &Options::default()).expect("an article")
    }

    #[test]
    fn fields_are_cleaned_of_what_databases_put_around_them() {
        let mut record = Record { text: " One two. ".to_owned(), ..Record::default() };
        record.set(Field::Byline, "By  Ana Dorn".to_owned());
        record.set(Field::Section, "NEWS;; HARBOUR; Pg. 4".to_owned());
        record.set(Field::Length, "1,823 words".to_owned());
        record.set(Field::Title, "Quay\n shut".to_owned());
        record.set(Field::Title, "another".to_owned());
        let article = article(record);
        assert_eq!(article.byline.as_deref(), Some("Ana Dorn"));
        assert_eq!(article.section.as_deref(), Some("NEWS; HARBOUR"));
        assert_eq!(article.title.as_deref(), Some("Quay shut"));
        assert_eq!((article.id.as_str(), article.text.as_str()), ("f:2", "One two."));
        assert_eq!(
            article.warnings,
            [
                "the export gives no outlet, no date",
                "the export counts 1823 words, of which 2 were found"
            ]
        );
    }

    #[test]
    fn sections_are_not_pages() {
        for (given, section) in [
            ("Pg. 4", None),
            ("LOCAL; Pg. A12", Some("LOCAL")),
            ("LOCAL; Version:12; Pg. Supplement Page 1", Some("LOCAL")),
            ("Sport; p. 3; Football", Some("Sport; Football")),
            ("Page one stories", Some("Page one stories")),
            ("", None),
        ] {
            assert_eq!(without_page(given).as_deref(), section, "{given}");
        }
    }

    #[test]
    fn an_article_without_text_is_rejected() {
        let place = Place { source: "f".into(), stem: "f".into(), line: Some(1), offset: None };
        let record = Record { title: Some("Quay".to_owned()), ..Record::default() };
        let reject = record.article(&place, None, &Options::default()).expect_err("no text");
        assert!(reject.reason.contains("no text") && reject.reason.contains("Quay"));
    }
}
