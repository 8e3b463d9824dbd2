//! Articles as readers get them: numbered blocks and sentences, and the names that occur; no outlet, no score.

use crate::article::Article;
use crate::entity::Names;
use crate::learn::dataset::{jsonl, sha256};
use crate::learn::error::LearnError;
use crate::text::{BlockKind, Document, OffsetUnit, Ruler, Span};
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::path::Path;

/// A sentence. Offsets count Unicode code points of the article's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedSentence {
    /// Number within the article, from 1.
    pub n: usize,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// Words and numbers in it.
    pub words: usize,
    /// Its text.
    pub text: String,
}

/// A block: a paragraph, or a line that is set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedBlock {
    /// Number within the article, from 1.
    pub n: usize,
    /// What it is. Shares are taken over those that are scored.
    pub kind: BlockKind,
    /// Its sentences.
    pub sentences: Vec<PackedSentence>,
}

/// A name that occurs at least twice, or in the headline: somebody whom a reader may choose as a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The fullest form in the article.
    pub name: String,
    /// Numbers of the sentences that mention it.
    pub sentences: Vec<usize>,
}

/// An article for readers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedArticle {
    /// Under which readers see the article; says nothing of where it is from.
    pub key: String,
    /// The article's id, which readers do not see.
    pub article: String,
    /// Its title, where it is given apart from the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its blocks, in order.
    pub blocks: Vec<PackedBlock>,
    /// Names that occur, in order of their first mention.
    pub names: Vec<Candidate>,
    /// Targets that every reader must judge, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<String>,
}

impl PackedArticle {
    /// Packs an article. `asked`: targets that every reader must judge.
    #[must_use]
    pub fn new(article: &Article, asked: Vec<String>) -> Self {
        let document = Document::new(&article.text);
        let ruler = Ruler::new(document.text, OffsetUnit::Chars);
        let mut blocks: Vec<PackedBlock> = Vec::new();
        let mut open = None;
        for (index, sentence) in document.sentences.iter().enumerate() {
            let block = &document.blocks[sentence.block as usize];
            if open != Some(sentence.block) {
                open = Some(sentence.block);
                let (n, kind) = (blocks.len() + 1, block.kind);
                blocks.push(PackedBlock { n, kind, sentences: Vec::new() });
            }
            let packed = PackedSentence {
                n: index + 1,
                start: ruler.tell(sentence.span.from()),
                end: ruler.tell(sentence.span.to()),
                words: document.words_in(sentence),
                text: sentence.span.slice(document.text).to_owned(),
            };
            if let Some(block) = blocks.last_mut() {
                block.sentences.push(packed);
            }
        }
        PackedArticle {
            key: sha256([article.id.as_bytes()])[..8].to_owned(),
            article: article.id.clone(),
            title: article.title.clone(),
            blocks,
            names: candidates(&document),
            asked,
        }
    }

    /// Its sentences, each with whether it counts as prose.
    pub fn sentences(&self) -> impl Iterator<Item = (bool, &PackedSentence)> {
        self.blocks.iter().flat_map(|b| b.sentences.iter().map(|s| (b.kind.is_prose(), s)))
    }

    /// The sentences that count as prose.
    pub fn prose(&self) -> impl Iterator<Item = &PackedSentence> {
        self.sentences().filter(|(scored, _)| *scored).map(|(_, sentence)| sentence)
    }

    /// A sentence by its number.
    #[must_use]
    pub fn sentence(&self, n: usize) -> Option<&PackedSentence> {
        self.sentences().map(|(_, s)| s).nth(n.checked_sub(1)?)
    }

    /// The article as a reader sees it.
    #[must_use]
    pub fn page(&self) -> String {
        let mut out = format!("=== ARTICLE {} ===\n", self.key);
        let mut line = |text: String| {
            let _infallible = writeln!(out, "{text}");
        };
        if let Some(title) = &self.title {
            line(format!("TITLE: {title}"));
        }
        if !self.names.is_empty() {
            let told = |c: &Candidate| format!("{} {:?}", c.name, c.sentences);
            line(format!("NAMES: {}", self.names.iter().map(told).collect::<Vec<_>>().join("; ")));
        }
        if !self.asked.is_empty() {
            line(format!("JUDGE THESE TARGETS: {}", self.asked.join("; ")));
        }
        for block in &self.blocks {
            line(if block.kind == BlockKind::Prose {
                format!("-- block {}", block.n)
            } else {
                format!("-- block {} ({})", block.n, format!("{:?}", block.kind).to_lowercase())
            });
            for sentence in &block.sentences {
                let text = sentence.text.split_whitespace().collect::<Vec<_>>().join(" ");
                line(format!("[{}] {text}", sentence.n));
            }
        }
        out
    }
}

/// Names with two mentions or more, and those of the headline.
fn candidates(document: &Document<'_>) -> Vec<Candidate> {
    let names = Names::of(document);
    let headline = document.headline().map_or(Span::new(0, 0), |block| block.span);
    let mut out: Vec<(bool, usize, Candidate)> = names
        .entities
        .iter()
        .map(|e| (false, 0, Candidate { name: e.name.clone(), sentences: Vec::new() }))
        .collect();
    for mention in &names.mentions {
        let (in_headline, count, candidate) = &mut out[mention.entity];
        *in_headline |= headline.overlaps(mention.span);
        *count += 1;
        let Some(sentence) = document.sentence_at(mention.span.start) else { continue };
        if candidate.sentences.last() != Some(&(sentence + 1)) {
            candidate.sentences.push(sentence + 1);
        }
    }
    let main = out.into_iter().filter(|(in_headline, count, _)| *in_headline || *count > 1);
    main.map(|(.., candidate)| candidate).collect()
}

/// Packed articles, in order of their keys, which is no order of outlet, date or subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pack {
    /// The articles.
    pub articles: Vec<PackedArticle>,
}

impl Pack {
    /// A pack of articles; of several with one id the first is kept.
    #[must_use]
    pub fn new(mut articles: Vec<PackedArticle>) -> Self {
        articles.sort_by(|a, b| a.key.cmp(&b.key));
        articles.dedup_by(|b, a| a.key == b.key);
        Pack { articles }
    }

    /// Reads a pack from JSON lines.
    ///
    /// # Errors
    /// When the file cannot be read, or a line is no packed article: with file and line.
    pub fn read(path: &Path) -> Result<Self, LearnError> {
        jsonl(path).map(Pack::new)
    }

    /// The article of a key.
    #[must_use]
    pub fn article(&self, key: &str) -> Option<&PackedArticle> {
        let place = self.articles.binary_search_by(|a| a.key.as_str().cmp(key)).ok()?;
        self.articles.get(place)
    }

    /// The pack as JSON lines, which [`merge`](super::merge) needs again.
    ///
    /// # Errors
    /// When an article cannot be written as JSON.
    pub fn jsonl(&self) -> serde_json::Result<String> {
        let lines = self.articles.iter().map(|a| Ok(serde_json::to_string(a)? + "\n"));
        lines.collect()
    }

    /// The pages that readers get, `batch` articles on each.
    #[must_use]
    pub fn pages(&self, batch: usize) -> Vec<String> {
        let page = |articles: &[PackedArticle]| -> String {
            articles.iter().map(|a| a.page() + "\n").collect()
        };
        self.articles.chunks(batch.max(1)).map(page).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Mayor praises Orla Venn\n\nOrla Venn said “é” was right. Venn left.\n";

    fn packed() -> PackedArticle {
        PackedArticle::new(&Article::from_text("set/x:1", TEXT), vec!["Orla Venn".to_owned()])
    }

    #[test]
    fn sentences_are_numbered_and_slice_the_text_by_code_points() {
        let article = packed();
        let characters: Vec<char> = TEXT.chars().collect();
        let numbers: Vec<usize> = article.sentences().map(|(_, s)| s.n).collect();
        assert_eq!(numbers, [1, 2, 3]);
        for (_, s) in article.sentences() {
            assert_eq!(characters[s.start..s.end].iter().collect::<String>(), s.text);
        }
        assert_eq!(article.sentence(3).unwrap().text, "Venn left.");
        assert!(article.sentence(0).is_none() && article.sentence(4).is_none());
    }

    #[test]
    fn a_page_shows_neither_outlet_nor_id() {
        let page = packed().page();
        assert!(!page.contains("set/x"), "{page}");
        assert!(page.contains("[2] Orla Venn said “é” was right."), "{page}");
        assert!(page.contains("(headline)\n[1] Mayor praises Orla Venn"), "{page}");
        assert!(page.contains("NAMES: Orla Venn [1, 2, 3]"), "{page}");
        assert!(page.contains("JUDGE THESE TARGETS: Orla Venn"), "{page}");
    }

    #[test]
    fn a_pack_comes_back_from_its_lines() {
        let pack = Pack::new(vec![packed(), packed()]);
        assert_eq!(pack.articles.len(), 1);
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pack.jsonl");
        std::fs::write(&path, pack.jsonl().unwrap()).unwrap();
        assert_eq!(Pack::read(&path).unwrap(), pack);
        assert_eq!(pack.article(&pack.articles[0].key), pack.articles.first());
        assert_eq!(pack.pages(1).len(), 1);
    }
}
