//! Arguments that several subcommands share.

use crate::intake::Intake;
use crate::journal::{Identity, Mark};
use crate::tally::Tally;
use anyhow::Context;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use newsgauge::model::{BUILTIN, ModelError, ModelSet, lexicon_fingerprint, tokenizer_fingerprint};
use newsgauge::read::{Columns, FORMATS, Format, Only, Options as ReadOptions, digest, read};
use newsgauge::score::{Options, Scorer, missing_axes};
use newsgauge::text::OffsetUnit;
use std::num::NonZero;
use std::path::{Path, PathBuf};

/// Unit of spans.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Offsets {
    /// UTF-8 bytes
    #[default]
    Bytes,
    /// Unicode code points
    Chars,
}

impl From<Offsets> for OffsetUnit {
    fn from(offsets: Offsets) -> OffsetUnit {
        match offsets {
            Offsets::Bytes => OffsetUnit::Bytes,
            Offsets::Chars => OffsetUnit::Chars,
        }
    }
}

/// How inputs are read.
#[derive(Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct Reading {
    /// Read every input as this format, whatever its name and bytes say
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|f| f.name)))]
    input_format: Option<String>,

    /// Unit of spans, read and written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) offsets: Offsets,

    /// Judge the stance toward NAME in every article (repeatable; default: whom the article is about)
    #[arg(long = "target", value_name = "NAME")]
    targets: Vec<String>,

    /// Take only articles dated on or after DATE: 2022-03-01, 2022-03 or 2022. What is left out is counted, not rejected
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    since: Option<Date>,

    /// Take only articles dated on or before DATE
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    until: Option<Date>,

    /// Take only articles of this outlet: its name, or the host of its addresses (repeatable)
    #[arg(long = "outlet", value_name = "NAME")]
    outlets: Vec<String>,

    /// Write what was rejected to FILE, a JSON object a line
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,

    /// Reject texts longer than N bytes; bounds the work and the memory that one article takes
    #[arg(long, value_name = "N", default_value_t = newsgauge::read::MAX_BYTES)]
    max_bytes: usize,

    /// Mend UTF-8 that was read in a wrong encoding ("â€œ" for "“"); places then count in the mended text, which --text gives
    #[arg(long)]
    repair: bool,

    /// Say nothing on stderr but what ends the run
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// Column of the ids
    #[arg(long, value_name = "NAME", default_value = "id", hide_default_value = true)]
    id_column: String,
    /// Column of the texts
    #[arg(long, value_name = "NAME", default_value = "text", hide_default_value = true)]
    text_column: String,
    /// Column of the headlines
    #[arg(long, value_name = "NAME", default_value = "title", hide_default_value = true)]
    title_column: String,
    /// Column of the outlets
    #[arg(long, value_name = "NAME", default_value = "outlet", hide_default_value = true)]
    outlet_column: String,
    /// Column of the addresses
    #[arg(long, value_name = "NAME", default_value = "url", hide_default_value = true)]
    url_column: String,
    /// Column of the dates
    #[arg(long, value_name = "NAME", default_value = "date", hide_default_value = true)]
    date_column: String,
    /// Column of the author lines
    #[arg(long, value_name = "NAME", default_value = "byline", hide_default_value = true)]
    byline_column: String,
    /// Column of the sections
    #[arg(long, value_name = "NAME", default_value = "section", hide_default_value = true)]
    section_column: String,
    /// Column of the stance targets
    #[arg(long, value_name = "NAME", default_value = "targets", hide_default_value = true)]
    targets_column: String,
}

/// Says what a day may be written as.
fn days(text: &str) -> Result<(Date, Date), String> {
    Only::days(text)
        .ok_or_else(|| "not a day, month or year (2022-03-01, 2022-03, 2022)".to_owned())
}

fn first_day(text: &str) -> Result<Date, String> {
    days(text).map(|(first, _)| first)
}

fn last_day(text: &str) -> Result<Date, String> {
    days(text).map(|(_, last)| last)
}

impl Reading {
    /// Opens the inputs.
    pub(crate) fn open(&self, inputs: &[PathBuf]) -> anyhow::Result<Intake> {
        self.open_after(inputs, Vec::new(), &Mark::default())
    }

    /// Opens the inputs of a run that writes `own` files, and may have been cut off at `mark`.
    pub(crate) fn open_after(
        &self,
        inputs: &[PathBuf],
        mut own: Vec<PathBuf>,
        mark: &Mark,
    ) -> anyhow::Result<Intake> {
        let mut tally = Tally::new(mark.counts.clone(), self.quiet);
        if let Some(path) = &self.rejects {
            tally.list(path, mark.rejects)?;
            own.push(path.clone());
        }
        let options = ReadOptions {
            format: self.input_format.as_deref().and_then(Format::named),
            columns: self.columns(),
            unit: self.offsets.into(),
            targets: self.targets.clone(),
            only: Only { since: self.since, until: self.until, outlets: self.outlets.clone() },
            max_bytes: self.max_bytes,
            repair: self.repair,
            // A file that is not there yet cannot be met on a walk, unless it is made before its folder is read.
            leave_out: own
                .iter()
                .filter_map(|path| std::path::absolute(path).ok())
                .map(|p| p.canonicalize().unwrap_or(p))
                .collect(),
        };
        Ok(Intake::new(read(inputs.to_vec(), options), tally, self.quiet))
    }

    fn columns(&self) -> Columns {
        Columns {
            id: self.id_column.clone(),
            text: self.text_column.clone(),
            title: self.title_column.clone(),
            outlet: self.outlet_column.clone(),
            url: self.url_column.clone(),
            date: self.date_column.clone(),
            byline: self.byline_column.clone(),
            section: self.section_column.clone(),
            targets: self.targets_column.clone(),
        }
    }

    /// What of this decides about rows and results.
    pub(crate) fn tell(&self, run: &mut Identity) {
        run.insert("input format".to_owned(), self.input_format.clone().into());
        run.insert("offsets".to_owned(), OffsetUnit::from(self.offsets).name().into());
        run.insert("targets".to_owned(), self.targets.clone().into());
        let day = |date: Option<Date>| date.map(|date| date.to_string()).into();
        run.insert("since".to_owned(), day(self.since));
        run.insert("until".to_owned(), day(self.until));
        run.insert("outlets".to_owned(), self.outlets.clone().into());
        run.insert("max bytes".to_owned(), self.max_bytes.into());
        run.insert("repair".to_owned(), self.repair.into());
        run.insert(
            "rejects".to_owned(),
            self.rejects.as_ref().map(|p| p.display().to_string()).into(),
        );
        run.insert("columns".to_owned(), self.columns().names().to_vec().into());
    }
}

/// How articles are scored.
#[derive(Args)]
#[command(next_help_heading = "Scoring")]
pub(crate) struct Scoring {
    /// Use the models of this folder in place of the built-in ones; what it lacks is taken from those
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,

    /// Articles with fewer words of prose are not scored; 0 scores whatever comes, in any language
    #[arg(long, value_name = "N", default_value_t = Options::default().min_words)]
    min_words: usize,

    /// Leave out attributions below this confidence, 0 to 1 [default: 0; tables for reading show those from 0.5 on]
    #[arg(long, value_name = "P", value_parser = probability)]
    min_confidence: Option<f64>,

    /// Threads [default: one for each core]; the output does not depend on it
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZero<usize>>,
}

/// More threads than any machine needs: batches grow with them.
const MOST_JOBS: usize = 256;

fn probability(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=1.0).contains(&value) { Ok(value) } else { Err("not between 0 and 1".to_owned()) }
}

/// The models of a folder, or the built-in ones.
pub(crate) fn models(dir: Option<&Path>) -> Result<ModelSet, ModelError> {
    dir.map_or_else(ModelSet::builtin, ModelSet::from_dir)
}

/// Tells the contents of all model files from any others: a model that was fitted again keeps its id.
fn fingerprint(dir: Option<&Path>) -> anyhow::Result<String> {
    let mut digests: Vec<u64> = BUILTIN.iter().map(|(_, text)| digest(text.as_bytes())).collect();
    if let Some(dir) = dir {
        let told = || format!("--model {}", dir.display());
        let mut paths = std::fs::read_dir(dir)
            .and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>())
            .with_context(told)?;
        paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
        paths.sort();
        for path in paths {
            digests.push(digest(&std::fs::read(&path).with_context(told)?));
        }
    }
    let bytes: Vec<u8> = digests.iter().flat_map(|d| d.to_le_bytes()).collect();
    Ok(format!("{:016x}", digest(&bytes)))
}

impl Scoring {
    /// The scorer, with a note on axes without a model unless `quiet`.
    pub(crate) fn scorer(&self, quiet: bool) -> anyhow::Result<Scorer> {
        let models = models(self.model.as_deref())?;
        let missing = missing_axes(&models);
        if !missing.is_empty() && !quiet {
            crate::status::say(&format!("note: no model for {}: not scored", missing.join(", ")));
        }
        let options = Options {
            min_words: self.min_words,
            min_confidence: self.min_confidence.unwrap_or(0.0),
        };
        Scorer::new(models, options).context("the program's own word lists do not hold")
    }

    /// What of this decides about results.
    pub(crate) fn tell(&self, run: &mut Identity) -> anyhow::Result<()> {
        run.insert(
            "model folder".to_owned(),
            self.model.as_ref().map(|p| p.display().to_string()).into(),
        );
        run.insert("min words".to_owned(), self.min_words.into());
        run.insert("min confidence".to_owned(), self.min_confidence.into());
        let lists = [lexicon_fingerprint(), tokenizer_fingerprint()].concat();
        run.insert("word lists".to_owned(), lists.into());
        run.insert("model files".to_owned(), fingerprint(self.model.as_deref())?.into());
        Ok(())
    }

    /// Least confidence of an attribution that is shown in a table.
    pub(crate) fn shown_from(&self) -> f64 {
        self.min_confidence.unwrap_or(newsgauge::report::quotes::SHOWN_FROM)
    }

    pub(crate) fn jobs(&self) -> usize {
        self.jobs
            .or_else(|| std::thread::available_parallelism().ok())
            .map_or(1, NonZero::get)
            .min(MOST_JOBS)
    }
}
