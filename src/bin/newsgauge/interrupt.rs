//! Ctrl-C during a run over articles: what was done is kept, and how to go on with it is said.

use crate::status::say;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Rows of which the results stand on the disk.
static KEPT: AtomicU64 = AtomicU64::new(0);

/// As shells have it: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// From now on an interrupt says how to go on. `output` is the file that the run writes, if any. The journal holds at any moment,
/// so that the program may end at any.
pub(crate) fn listen(output: Option<&Path>) {
    let output = output.map(|path| path.display().to_string());
    // Where no handler can be set an interrupt ends the program without a word, as ever.
    let _silent = ctrlc::set_handler(move || {
        say(&told(output.as_deref(), KEPT.load(Ordering::Relaxed)));
        std::process::exit(INTERRUPTED);
    });
}

/// So many rows are kept.
pub(crate) fn keep(rows: u64) {
    KEPT.store(rows, Ordering::Relaxed);
}

fn told(output: Option<&str>, kept: u64) -> String {
    match (output, kept) {
        (Some(_), 0) => "interrupted before anything was written".to_owned(),
        (Some(path), rows) => format!(
            "interrupted: {rows} rows are kept in {path}.part; the same command with --resume goes on after them"
        ),
        (None, _) => {
            "interrupted: with --output FILE a run keeps what is done, and --resume goes on"
                .to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_how_to_go_on() {
        assert!(told(Some("a/out.jsonl"), 7).contains("7 rows are kept in a/out.jsonl.part; "));
        assert!(told(Some("out"), 0).contains("before anything"));
        assert!(told(None, 0).contains("--output FILE"));
    }
}
