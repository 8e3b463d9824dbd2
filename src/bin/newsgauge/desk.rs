//! The articles that are labelled, and who labels them: what `label`, `labels export` and `labels import` take.

use crate::args::Reading;
use crate::status::say;
use anyhow::{Context, bail};
use clap::Args;
use clap::builder::PossibleValuesParser;
use newsgauge::article::Article;
use newsgauge::label::{ANNOTATORS, Annotator, Desk, Store};
use newsgauge::learn::dataset::{Corpus, CorpusArticle};
use newsgauge::learn::reading::listed;
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct DeskArgs {
    /// Articles that this CSV file names in its column `article` as set:id, out of --data
    #[arg(long, value_name = "FILE", requires = "data", conflicts_with = "inputs")]
    list: Option<PathBuf>,

    /// Folder of the labels
    #[arg(long, value_name = "DIR", default_value = "labels")]
    pub(crate) labels: PathBuf,

    /// Folder of the own articles and their MANIFEST.csv
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    pub(crate) corpus: PathBuf,

    /// Folder of public sets: texts of articles named set:id
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,

    /// Who labels: two who do not see each other's labels, or a third who sees both and decides
    #[arg(long, value_name = "NAME", default_value = "first", value_parser = PossibleValuesParser::new(ANNOTATORS.iter().map(|(_, name)| name)))]
    annotator: String,

    #[command(flatten)]
    pub(crate) reading: Reading,
}

impl DeskArgs {
    pub(crate) fn annotator(&self) -> anyhow::Result<Annotator> {
        Annotator::named(&self.annotator).context("there is no such annotator")
    }

    /// The articles: the inputs, those of the list, or the own corpus.
    pub(crate) fn desk(&self, inputs: &[PathBuf]) -> anyhow::Result<Desk> {
        let warn = |warnings: &[String]| {
            warnings.iter().for_each(|w| say(&format!("warning: {w}")));
        };
        let articles = match (&self.list, &self.data) {
            (Some(list), Some(data)) => {
                let (articles, warnings) = listed(list, None, data)?;
                warn(&warnings);
                articles
            }
            _ if inputs.is_empty() => {
                let corpus = Corpus::read(&self.corpus)?;
                warn(&corpus.warnings);
                corpus.articles.iter().map(CorpusArticle::article).collect()
            }
            _ => self.read(inputs)?,
        };
        if articles.is_empty() {
            bail!("there is no article to label");
        }
        Ok(Desk::new(Store::new(&self.labels), articles))
    }

    fn read(&self, inputs: &[PathBuf]) -> anyhow::Result<Vec<Article>> {
        let mut intake = self.reading.open(inputs)?;
        let mut articles = Vec::new();
        while let Some(article) = intake.next()? {
            articles.push(article);
        }
        intake.finish()?;
        Ok(articles)
    }

    /// A desk without articles, where none are named: nothing but what is pasted is read.
    #[cfg(feature = "serve")]
    pub(crate) fn desk_or_none(&self, inputs: &[PathBuf]) -> anyhow::Result<Desk> {
        if inputs.is_empty() && self.list.is_none() {
            return Ok(Desk::new(Store::new(&self.labels), Vec::new()));
        }
        self.desk(inputs)
    }
}
