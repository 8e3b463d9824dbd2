//! `newsgauge man`

use crate::output::Output;
use crate::status::Status;
use anyhow::Context;
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  newsgauge man > newsgauge.1
  newsgauge man ~/.local/share/man/man1      a page for each subcommand too";

/// Print the man page, or write all pages to a folder
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ManArgs {
    /// Folder for the pages of all subcommands
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(crate) fn run(args: &ManArgs, command: clap::Command) -> anyhow::Result<Status> {
    if let Some(dir) = &args.dir {
        std::fs::create_dir_all(dir).with_context(|| dir.display().to_string())?;
        clap_mangen::generate_to(command, dir).with_context(|| dir.display().to_string())?;
        return Ok(Status::Done);
    }
    let mut bytes = Vec::new();
    clap_mangen::Man::new(command).render(&mut bytes)?;
    let mut output = Output::open(None)?;
    output.put(bytes)?;
    output.finish()?;
    Ok(Status::Done)
}
