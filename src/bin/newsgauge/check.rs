//! `newsgauge check`

use crate::args::{Reading, Scoring};
use crate::output::Output;
use crate::pipeline;
use crate::status::{self, Status, say};
use anyhow::Context;
use clap::Args;
use clap::builder::PossibleValuesParser;
use newsgauge::article::Article;
use newsgauge::check::{Checked, Checker, FORMATS, Finding, Format, Ignores, KINDS, Settings};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

const EXAMPLES: &str = "\
Examples:
  newsgauge check draft.txt
  newsgauge check drafts/ --fail-on any                 exit status 1 when anything is found
  newsgauge check drafts/ --fail-on headline --format github
  newsgauge check drafts.jsonl --format sarif --output check.sarif

The kinds, with examples, and newsgauge.toml: docs/check.md. To keep a finding back, write on the line before it
  <!-- newsgauge: ignore loaded-word -->      or      [newsgauge: ignore loaded-word]";

/// The file of settings that is looked for.
const SETTINGS: &str = "newsgauge.toml";

/// Check drafts before they run: claims and quotations without a source, loaded words, verdict verbs …
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CheckArgs {
    /// Files, folders, or - for the standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// How to show findings
    #[arg(long, short, default_value = "text", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|f| f.name)))]
    format: String,

    /// Settings from FILE; without it newsgauge.toml in the folder of an article or one above it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// End with status 1 when a finding of KIND is there (repeatable), any, or none
    #[arg(long = "fail-on", value_name = "KIND", value_parser = PossibleValuesParser::new(
        ["any", "none"].into_iter().chain(KINDS.iter().map(|k| k.name))))]
    fail_on: Vec<String>,

    /// Write to FILE instead of the standard output; it appears when it is whole
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    scoring: Scoring,
}

impl CheckArgs {
    fn fails(&self, finding: &Finding) -> bool {
        self.fail_on.iter().any(|name| name == "any" || name == finding.kind.name)
    }
}

/// Checkers by the folder of the articles, each folder looked up once.
struct Checkers {
    /// The one of `--config`.
    given: Option<Arc<Checker>>,
    found: Mutex<BTreeMap<PathBuf, Result<Arc<Checker>, String>>>,
}

impl Checkers {
    fn new(config: Option<&Path>) -> anyhow::Result<Self> {
        let given = config.map(read).transpose()?;
        Ok(Checkers { given, found: Mutex::default() })
    }

    /// The checker for an article: by the settings in its folder, or in the nearest one above it.
    fn of(&self, source: &str) -> Result<Arc<Checker>, String> {
        if let Some(given) = &self.given {
            return Ok(Arc::clone(given));
        }
        let path = std::path::absolute(source).unwrap_or_else(|_| PathBuf::from(source));
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let file = folder.ancestors().map(|f| f.join(SETTINGS)).find(|f| f.is_file());
            let made = match file {
                Some(file) => read(&file),
                None => Checker::new(Settings::default()).map(Arc::new).map_err(Into::into),
            };
            made.map_err(|e| format!("{e:#}"))
        };
        found.entry(folder.clone()).or_insert_with(make).clone()
    }
}

fn read(path: &Path) -> anyhow::Result<Arc<Checker>> {
    let told = || path.display().to_string();
    let toml = std::fs::read_to_string(path).with_context(told)?;
    let settings = Settings::parse(&toml).with_context(told)?;
    Ok(Arc::new(Checker::new(settings)?))
}

pub(crate) fn run(args: &CheckArgs) -> anyhow::Result<Status> {
    let checkers = Checkers::new(args.config.as_deref())?;
    let scorer = args.scoring.scorer(true)?;
    let format = Format::named(&args.format).context("a format that clap let through")?;
    let mut output = Output::open(args.output.as_deref())?;
    let mut intake = args.reading.open(&args.inputs)?;
    let rows = intake.rows();
    if !args.reading.quiet {
        status::begin_progress(|| newsgauge::read::size(&args.inputs), rows.taken());
    }
    let work = |article: &Article| -> Result<(Checked, Vec<String>), String> {
        let checker = checkers.of(&article.source)?;
        let mut draft = article.clone();
        let ignores = Ignores::take(&mut draft.text);
        let findings = checker.check(&scorer.score(&draft), &ignores);
        let (file, row) = place(article);
        Ok((Checked::new(file, &article.id, row, &article.text, findings), ignores.unknown))
    };
    let (head, between, tail) = format.frame();
    output.put(head)?;
    let mut count = 0_usize;
    let mut failed = false;
    let done = pipeline::each(
        rows,
        args.scoring.jobs(),
        work,
        |_| 0,
        |outcome| {
            match outcome.result {
                Err(reject) => intake.tally.reject(&reject)?,
                Ok(Err(settings)) => anyhow::bail!("{settings}"),
                Ok(Ok((checked, unknown))) => {
                    intake.tally.count(None);
                    for word in unknown.iter().filter(|_| !args.reading.quiet) {
                        say(&format!("note: an ignore mark names {word:?}, which is no kind"));
                    }
                    failed |= checked.findings().any(|f| args.fails(f));
                    for item in format.items(&checked) {
                        if count > 0 {
                            output.put(between)?;
                        }
                        output.put(item)?;
                        count += 1;
                    }
                }
            }
            intake.tally.show();
            Ok(())
        },
    );
    status::end_progress();
    intake.ended(&done?);
    let status = intake.finish()?;
    output.put(tail)?;
    output.finish()?;
    Ok(if failed { Status::Gate } else { status })
}

/// The file of an article, and whether it is one of many in it ("drafts.jsonl:17").
fn place(article: &Article) -> (&str, bool) {
    match article.source.rsplit_once(':') {
        Some((file, line)) if !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit()) => {
            (file, true)
        }
        _ => (&article.source, false),
    }
}
