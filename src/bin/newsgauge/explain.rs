//! `newsgauge explain`

use crate::args::{Reading, Scoring};
use crate::output::Output;
use crate::status::{Status, say};
use anyhow::bail;
use clap::{Args, ColorChoice, ValueEnum};
use newsgauge::report::{Explanation, Page, Show, html, json, markdown, terminal};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  newsgauge explain article.txt
  newsgauge explain news.jsonl --id 42
  newsgauge explain article.txt --format markdown --output article.md
  newsgauge explain article.txt --format html --output article.html
  newsgauge explain article.txt --color always | less -R";

/// Explain the scores of one article: who said what, what is hedged, what is loaded, what each score rests on
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExplainArgs {
    /// A file, a folder, or - for the standard input; its first article is explained, or the one of --id
    #[arg(value_name = "INPUT")]
    input: PathBuf,

    /// Explain the article with this id
    #[arg(long, value_name = "ID")]
    id: Option<String>,

    /// How to show it
    #[arg(long, short, value_enum, default_value_t)]
    format: ExplainFormat,

    /// Colours in the text; without them marks are shown in brackets
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    color: ColorChoice,

    /// Write to FILE instead of the standard output; it appears when it is whole
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    scoring: Scoring,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ExplainFormat {
    /// For reading in a terminal
    #[default]
    Text,
    /// The scored article with marks, features and the explanation
    Json,
    /// For notes and papers
    Markdown,
    /// One page for a browser that needs nothing beside it
    Html,
}

pub(crate) fn run(args: &ExplainArgs) -> anyhow::Result<Status> {
    let scorer = args.scoring.scorer(args.reading.quiet)?;
    let mut intake = args.reading.open(std::slice::from_ref(&args.input))?;
    let mut found = None;
    while let Some(article) = intake.next()? {
        if args.id.as_ref().is_none_or(|id| *id == article.id) {
            found = Some(article);
            break;
        }
    }
    let Some(article) = found else {
        // Nothing read at all has its own message.
        intake.finish()?;
        bail!("no article has the id {:?}", args.id.as_deref().unwrap_or_default());
    };
    if args.id.is_none() && !args.reading.quiet && intake.next()?.is_some() {
        say("note: the first article is explained; --id chooses another");
    }
    let mut output = Output::open(args.output.as_deref())?;
    let scored = scorer.score(&article);
    match args.format {
        ExplainFormat::Json => {
            let show = Show { text: true, unit: args.reading.offsets.into(), ..Show::default() };
            let explanation = Explanation::new(&scored, show);
            output.put(json::explained(&scored, &explanation, show)?)?;
            output.put("\n")?;
        }
        ExplainFormat::Markdown => output.put(markdown::page(&Page::of(&scored)))?,
        ExplainFormat::Html => output.put(html::article_page(&scored, None))?,
        ExplainFormat::Text => {
            let colours = colours(args.color, &output);
            output.put(terminal::page(&Page::of(&scored), colours, output.width()))?
        }
    }
    let status = intake.finish()?;
    output.finish()?;
    Ok(status)
}

fn colours(choice: ColorChoice, output: &Output) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        // Knows NO_COLOR, CLICOLOR and TERM=dumb.
        ColorChoice::Auto => {
            output.terminal
                && anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
        }
    }
}
