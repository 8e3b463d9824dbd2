//! `newsgauge labels`

use crate::args::Reading;
use crate::status::{Status, say};
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use newsgauge::learn::reading::{Pack, PackedArticle, listed};
use std::path::{Path, PathBuf};

/// Make and merge the readings that labels come from
#[derive(Args)]
pub(crate) struct LabelsArgs {
    #[command(subcommand)]
    command: LabelsCommand,
}

#[derive(Subcommand)]
enum LabelsCommand {
    Pack(PackArgs),
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

pub(crate) fn run(args: &LabelsArgs) -> anyhow::Result<Status> {
    match &args.command {
        LabelsCommand::Pack(args) => pack(args),
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
    let asked = args.labels.as_deref().map(newsgauge::learn::reading::targets).transpose()?;
    let of = |id: &str| asked.as_ref().and_then(|a| a.get(id).cloned()).unwrap_or_default();
    let pack = Pack::new(articles.iter().map(|a| PackedArticle::new(a, of(&a.id))).collect());
    std::fs::create_dir_all(&args.output)
        .with_context(|| format!("cannot make the folder {}", args.output.display()))?;
    let write = |name: &str, text: &str| {
        let path: &Path = &args.output.join(name);
        std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
    };
    write("pack.jsonl", &pack.jsonl()?)?;
    let pages = pack.pages(args.batch);
    for (index, page) in pages.iter().enumerate() {
        write(&format!("page-{:03}.txt", index + 1), page)?;
    }
    if !args.reading.quiet {
        let (articles, pages, to) = (pack.articles.len(), pages.len(), args.output.display());
        say(&format!("{articles} articles on {pages} pages in {to}; give readers the pages only"));
    }
    Ok(status)
}
