//! Rows read and worked on by many threads, some at a time, with results in their order.

use newsgauge::read::{Inputs, Place, Reject, Row};
use newsgauge::{Article, read};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{available_parallelism, scope};

/// Bytes of rows of a piece, for each thread: half a second of work, so that the wait for its last row costs little.
const BYTES: usize = 1 << 20;
/// Most rows of a piece, for each thread.
const ROWS: usize = 512;
/// More threads than any machine needs.
const MOST_JOBS: usize = 256;

/// Threads: as many as asked for, or one for each core.
pub fn jobs(asked: Option<usize>) -> usize {
    let all = || available_parallelism().map_or(1, NonZero::get);
    asked.unwrap_or_else(all).clamp(1, MOST_JOBS)
}

/// The next piece of the inputs; empty when they are at their end.
pub fn piece(rows: &mut Inputs, jobs: usize) -> Vec<Row> {
    let mut out = Vec::new();
    let mut bytes = 0;
    while bytes < BYTES * jobs && out.len() < ROWS * jobs {
        let Some(row) = rows.next() else { break };
        bytes += row.bytes;
        out.push(row);
    }
    out
}

/// Does `work` on each row of a piece. A defect of ours in one row costs that row.
pub fn each<T: Send>(
    rows: Vec<Row>,
    jobs: usize,
    work: impl Fn(&Article) -> T + Sync,
) -> Vec<Result<T, Reject>> {
    let jobs = jobs.min(rows.len());
    if jobs <= 1 {
        return rows.into_iter().map(|row| guarded(row, &work)).collect();
    }
    let rows: Vec<Mutex<Option<Row>>> = rows.into_iter().map(|r| Mutex::new(Some(r))).collect();
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(row) = rows.get(at) else { return done };
            let row = row.lock().unwrap_or_else(PoisonError::into_inner).take();
            done.extend(row.map(|row| (at, guarded(row, &work))));
        }
    };
    let mut done = scope(|scope| {
        // The borrow goes to each thread.
        let worker = &worker;
        let others: Vec<_> = (1..jobs).map(|_| scope.spawn(worker)).collect();
        let mut done = worker();
        for other in others {
            done.extend(other.join().unwrap_or_default());
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

fn guarded<T>(row: Row, work: &(impl Fn(&Article) -> T + Sync)) -> Result<T, Reject> {
    let place: Place = row.place.clone();
    let done = catch_unwind(AssertUnwindSafe(|| row.read().map(|article| work(&article))));
    done.unwrap_or_else(|_| {
        Err(place.reject(None, "a defect of the program: please report this row"))
    })
}

/// How rows are read unless somebody says otherwise: places in code points, as Python counts.
pub fn options() -> read::Options {
    read::Options { unit: newsgauge::OffsetUnit::Chars, ..read::Options::default() }
}
