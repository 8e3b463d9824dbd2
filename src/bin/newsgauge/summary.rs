//! What became of all rows of a run, as a file.

use crate::journal::Identity;
use crate::output::Output;
use crate::tally::Counts;
use anyhow::Context;
use newsgauge::report::SCHEMA;
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Summary<'a> {
    schema: u32,
    #[serde(flatten)]
    counts: &'a Counts,
    /// Rows that a run before this one had done.
    resumed_after: u64,
    /// Seconds of this run.
    seconds: f64,
    run: &'a Identity,
}

pub(crate) fn write(
    path: &Path,
    counts: &Counts,
    resumed_after: u64,
    seconds: f64,
    run: &Identity,
) -> anyhow::Result<()> {
    let told = || format!("--summary {}", path.display());
    let mut bytes = serde_json::to_vec_pretty(&Summary {
        schema: SCHEMA,
        counts,
        resumed_after,
        seconds,
        run,
    })?;
    bytes.push(b'\n');
    let mut output = Output::open(Some(path)).with_context(told)?;
    output.put(bytes).with_context(told)?;
    output.finish().with_context(told)
}
