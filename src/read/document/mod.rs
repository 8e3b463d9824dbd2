//! Documents: Word, RTF, mail, EPUB, PDF. Each is read to the text that it shows; a text that is an
//! export of a database is cut into its articles.

pub(super) mod docx;
pub(super) mod epub;
pub(super) mod mail;
pub(super) mod mbox;
pub(super) mod pdf;
pub(super) mod rtf;
mod zip;

use super::columns::add_targets;
use super::{Options, Rows, Source, export, wrapped};
use crate::article::Article;
use std::sync::Arc;

/// The rows of a document that shows this text.
fn rows(text: String, source: &Source, options: &Arc<Options>) -> Rows {
    let warnings = source.warning.iter().cloned().collect();
    let mut article = Article { text, warnings, ..source.place(None, None).article(None) };
    add_targets(&mut article, options);
    article.text = wrapped::joined(&article.text).unwrap_or(article.text);
    export::articles(article, source, options)
}

/// Paragraphs of a document as one text.
#[derive(Default)]
struct Paragraphs {
    text: String,
    now: String,
}

impl Paragraphs {
    fn push(&mut self, text: &str) {
        self.now.push_str(text);
    }

    /// Ends the paragraph; one without text leaves nothing.
    fn end(&mut self) {
        let paragraph = self.now.trim();
        if !paragraph.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.text.push_str(paragraph);
        }
        self.now.clear();
    }

    /// Bytes of text so far.
    fn len(&self) -> usize {
        self.text.len() + self.now.len()
    }

    fn finish(mut self) -> String {
        self.end();
        self.text
    }
}
