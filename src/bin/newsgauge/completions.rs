//! `newsgauge completions`

use crate::output::Output;
use crate::status::Status;
use clap::Args;
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  newsgauge completions bash > ~/.local/share/bash-completion/completions/newsgauge
  newsgauge completions zsh > ~/.zfunc/_newsgauge
  newsgauge completions fish > ~/.config/fish/completions/newsgauge.fish";

/// Print completions for a shell
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(args: &CompletionsArgs, command: &mut clap::Command) -> anyhow::Result<Status> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, command, "newsgauge", &mut bytes);
    let mut output = Output::open(None)?;
    output.put(bytes)?;
    output.finish()?;
    Ok(Status::Done)
}
