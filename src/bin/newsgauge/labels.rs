//! `newsgauge labels`

use crate::args::Reading;
use crate::curve::CurveArgs;
use crate::exchange::{ExportArgs, ImportArgs};
use crate::output::Output;
use crate::status::{Status, say};
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use newsgauge::learn::reading::{Pack, PackedArticle, listed, merge, targets};
use newsgauge::table::Table;
use std::path::{Path, PathBuf};

/// Make, merge and exchange the readings that labels come from; learning curves
#[derive(Args)]
pub(crate) struct LabelsArgs {
    #[command(subcommand)]
    command: LabelsCommand,
}

#[derive(Subcommand)]
enum LabelsCommand {
    Pack(Box<PackArgs>),
    Merge(MergeArgs),
    Export(Box<ExportArgs>),
    Import(Box<ImportArgs>),
    Curve(CurveArgs),
}

/// Pack articles for readers: numbered sentences and the names that occur, without outlet and scores
#[derive(Args)]
struct PackArgs {
    /// Files or folders of articles, or - for the standard input
    #[arg(value_name = "INPUT", required_unless_present = "list")]
    inputs: Vec<PathBuf>,

    /// Pack the articles that this CSV file names in its column `article` as set:id, out of --data
    #[arg(long, value_name = "FILE", requires = "data", conflicts_with = "inputs")]
    list: Option<PathBuf>,

    /// Of --list, only the rows whose column `list` has this value
    #[arg(long, value_name = "VALUE", requires = "list")]
    only: Option<String>,

    /// Folder of the public sets
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,

    /// Ask every reader for the targets that this labels folder has for an article
    #[arg(long, value_name = "DIR")]
    labels: Option<PathBuf>,

    /// Folder to write pack.jsonl and the readers' pages to
    #[arg(long, short, value_name = "DIR")]
    output: PathBuf,

    /// Articles on a page
    #[arg(long, value_name = "N", default_value_t = 20)]
    batch: usize,

    #[command(flatten)]
    reading: Reading,
}

const MERGE_EXAMPLES: &str = "\
Examples:
  newsgauge labels merge a.jsonl b.jsonl --pack pack.jsonl                   check, and tell how far a and b agree
  newsgauge labels merge a.jsonl b.jsonl --pack pack.jsonl --disputes third/  pages for a third reader
  newsgauge labels merge a.jsonl b.jsonl c.jsonl --pack pack.jsonl --labels labels

labels/GUIDE.md shows the form of an answer. A third reader answers disputes with
  {\"article\": \"3f9a12bc\", \"reader\": \"c\", \"decisions\": {\"tone\": \"A\", \"4.act\": \"none\"}}
Articles with open disputes are not written.";

/// Check what readers answered, tell how far they agree, and write what is decided
#[derive(Args)]
#[command(after_help = MERGE_EXAMPLES)]
struct MergeArgs {
    /// Files of answers, JSON lines; of each article the first reader is the one whose file comes first
    #[arg(value_name = "FILE", required = true)]
    answers: Vec<PathBuf>,

    /// The pack.jsonl that the pages were made with
    #[arg(long, value_name = "FILE")]
    pack: PathBuf,

    /// Write what is decided into the CSV files of this folder
    #[arg(long, value_name = "DIR")]
    labels: Option<PathBuf>,

    /// Write pages for a third reader into this folder: the articles with what is in dispute
    #[arg(long, value_name = "DIR")]
    disputes: Option<PathBuf>,

    /// Articles on a page of disputes
    #[arg(long, value_name = "N", default_value_t = 20)]
    batch: usize,

    /// Tell how far these answers of another reader agree with what was decided (repeatable)
    #[arg(long, value_name = "FILE")]
    fresh: Vec<PathBuf>,

    /// Show the tables as Markdown
    #[arg(long)]
    markdown: bool,
}

pub(crate) fn run(args: &LabelsArgs) -> anyhow::Result<Status> {
    match &args.command {
        LabelsCommand::Pack(args) => pack(args),
        LabelsCommand::Merge(args) => join(args),
        LabelsCommand::Export(args) => crate::exchange::export(args),
        LabelsCommand::Import(args) => crate::exchange::import(args),
        LabelsCommand::Curve(args) => crate::curve::run(args),
    }
}

fn pack(args: &PackArgs) -> anyhow::Result<Status> {
    let mut articles = Vec::new();
    let status = match (&args.list, &args.data) {
        (Some(list), Some(data)) => {
            let (found, warnings) = listed(list, args.only.as_deref(), data)?;
            warnings.iter().for_each(|warning| say(&format!("warning: {warning}")));
            articles.extend(found);
            Status::Done
        }
        _ => {
            let mut intake = args.reading.open(&args.inputs)?;
            while let Some(article) = intake.next()? {
                articles.push(article);
            }
            intake.finish()?
        }
    };
    if articles.is_empty() {
        bail!("there is no article to pack");
    }
    let asked = args.labels.as_deref().map(targets).transpose()?;
    let of = |id: &str| asked.as_ref().and_then(|a| a.get(id).cloned()).unwrap_or_default();
    let pack = Pack::new(articles.iter().map(|a| PackedArticle::new(a, of(&a.id))).collect());
    let folder = Folder::new(&args.output)?;
    folder.write("pack.jsonl", &pack.jsonl()?)?;
    let pages = pack.pages(args.batch);
    folder.pages(&pages)?;
    if !args.reading.quiet {
        let (articles, pages) =
            (counted(pack.articles.len(), "article"), counted(pages.len(), "page"));
        let to = args.output.display();
        say(&format!("{articles} on {pages} in {to}; give readers the pages only"));
    }
    Ok(status)
}

/// "1 page", "2 pages".
fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

fn join(args: &MergeArgs) -> anyhow::Result<Status> {
    let pack = Pack::read(&args.pack)?;
    let merged = merge(&pack, args.answers.iter().map(PathBuf::as_path))?;
    let mut tables = merged.tables();
    if !args.fresh.is_empty() {
        let fresh = merge(&pack, args.fresh.iter().map(PathBuf::as_path))?;
        tables.push(merged.against(&fresh));
    }
    if let Some(dir) = &args.disputes {
        Folder::new(dir)?.pages(&merged.disputes(args.batch))?;
    }
    if let Some(labels) = &args.labels {
        merged.write(labels)?;
    }
    let shown = |t: &Table| if args.markdown { t.markdown() } else { t.to_string() };
    let mut output = Output::open(None)?;
    output.put(tables.iter().map(shown).collect::<Vec<_>>().join("\n"))?;
    output.finish()?;
    Ok(Status::Done)
}

/// A folder that pages are written to.
struct Folder<'a>(&'a Path);

impl<'a> Folder<'a> {
    fn new(path: &'a Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(path)
            .with_context(|| format!("cannot make the folder {}", path.display()))?;
        Ok(Folder(path))
    }

    fn write(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let path = self.0.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }

    fn pages(&self, pages: &[String]) -> anyhow::Result<()> {
        let mut numbered = pages.iter().enumerate();
        numbered
            .try_for_each(|(index, page)| self.write(&format!("page-{:03}.txt", index + 1), page))
    }
}
