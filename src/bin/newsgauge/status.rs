//! How a run ends, and what is said on stderr.

use std::io::{self, Write};
use std::process::ExitCode;

/// The exit statuses of the contract; 1 is kept for gates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Everything was done.
    Done,
    /// Wrong usage, or nothing could be read.
    Failed,
    /// Some inputs were rejected, the rest was done.
    SomeRejected,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(match status {
            Status::Done => 0,
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

/// A line on stderr; file names and article text in it cannot steer the terminal.
pub(crate) fn say(message: &str) {
    // Nobody to tell when stderr is closed.
    let _closed = writeln!(io::stderr(), "{}", newsgauge::report::block(message));
}
