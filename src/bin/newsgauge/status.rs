//! How a run ends, what is said on stderr, and the bar that shows how far it is.

use crate::tally::Counts;
use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// The exit statuses of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Everything was done.
    Done,
    /// A `--fail-on` gate was met.
    Gate,
    /// Wrong usage, or nothing could be read.
    Failed,
    /// Some inputs were rejected, the rest was done.
    SomeRejected,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(match status {
            Status::Done => 0,
            Status::Gate => 1,
            Status::Failed => 2,
            Status::SomeRejected => 3,
        })
    }
}

/// The reader of our output has gone: no failure of ours.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let cause = |e: &(dyn std::error::Error + 'static)| {
        let io = e.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = e.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    };
    error.chain().any(cause)
}

/// The bar of this run, and the bytes read so far.
static BAR: OnceLock<(ProgressBar, Arc<AtomicU64>)> = OnceLock::new();

/// A line on stderr; file names and article text in it cannot steer the terminal.
pub(crate) fn say(message: &str) {
    // Nobody to tell when stderr is closed.
    let write = || writeln!(io::stderr(), "{}", newsgauge::report::block(message));
    let _closed = match BAR.get() {
        Some((bar, _)) => bar.suspend(write),
        None => write(),
    };
}

/// Shows a bar when somebody looks on: `taken` of `size` bytes are read.
pub(crate) fn begin_progress(size: impl FnOnce() -> Option<u64>, taken: Arc<AtomicU64>) {
    if !io::stderr().is_terminal() {
        return;
    }
    let size = size();
    let bar = size.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
    let template = match size {
        Some(_) => "{wide_bar} {percent:>3}% {binary_bytes_per_sec}, {msg}, {eta} left",
        None => "{spinner} {binary_bytes} {binary_bytes_per_sec}, {msg}",
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    let _one_a_run = BAR.set((bar, taken));
}

/// Moves the bar.
pub(crate) fn progress(counts: &Counts) {
    if let Some((bar, taken)) = BAR.get() {
        bar.set_position(taken.load(Ordering::Relaxed));
        bar.set_message(format!(
            "{} articles, {} rejected",
            HumanCount(counts.articles()),
            HumanCount(counts.rejected)
        ));
    }
}

/// Takes the bar away.
pub(crate) fn end_progress() {
    if let Some((bar, _)) = BAR.get() {
        bar.finish_and_clear();
    }
}
