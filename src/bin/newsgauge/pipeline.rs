//! Reading, work and writing side by side, with results in the order of reading and memory bounded.
//!
//! One thread cuts the inputs into rows, `jobs` threads read and score them, this one writes. Rows wait in one queue. A row
//! that takes long holds up the writing, not the work: the others go on until their results fill [`RESULTS`].

use crate::defect::{self, READER, WORKER};
use newsgauge::article::Article;
use newsgauge::read::{Inputs, Place, Reject, Row};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes of rows that wait for each thread.
const ROWS: usize = 2 << 20;
/// Rows between the first that is not yet written and the last that was cut, for each thread.
const WINDOW: usize = 1024;
/// Bytes of results that wait for an earlier one. More of them, and only the row that all wait for is worked on.
const RESULTS: usize = 32 << 20;

/// What became of a row.
pub(crate) struct Outcome<T> {
    /// Tells the row from any other: where it stood, and what it held.
    pub(crate) print: u64,
    pub(crate) result: Result<T, Reject>,
}

/// Does `work` on every row and gives what became of it to `show` in order. `weigh` tells how many bytes a result holds.
pub(crate) fn each<T: Send + 'static>(
    rows: Inputs,
    jobs: usize,
    work: impl Fn(&Article) -> T + Sync,
    weigh: impl Fn(&T) -> usize + Sync,
    mut show: impl FnMut(Outcome<T>) -> anyhow::Result<()>,
) -> anyhow::Result<Inputs> {
    let line = Arc::new(Line::new(jobs));
    // Not in the scope: where we stop early it may sit in a read that never ends.
    let reader = std::thread::Builder::new().name(READER.to_owned()).spawn({
        let line = Arc::clone(&line);
        move || line.cut(rows)
    })?;
    let shown: anyhow::Result<()> = std::thread::scope(|scope| {
        // However this ends: the scope waits for the workers.
        let _stop = Stop(&line);
        let worker = |_| {
            std::thread::Builder::new()
                .name(WORKER.to_owned())
                .spawn_scoped(scope, || line.work(&work, &weigh))
        };
        let _workers = (0..jobs).map(worker).collect::<Result<Vec<_>, _>>()?;
        line.write(&mut show)
    });
    shown?;
    reader.join().map_err(|_| {
        anyhow::anyhow!("a defect of the program ended the reading: please report the input")
    })
}

/// A row's number in the order of reading.
type Number = u64;

struct State<T> {
    waiting: VecDeque<(Number, u64, Row)>,
    /// Results from the number `next` on.
    done: VecDeque<Option<(usize, Outcome<T>)>>,
    /// The row that is written next.
    next: Number,
    cut: Number,
    row_bytes: usize,
    result_bytes: usize,
    all_cut: bool,
    stopped: bool,
    /// The reader waits for room.
    reader_waits: bool,
    /// Workers that wait for a row.
    idle: usize,
    /// The writer waits for the next result.
    writer_waits: bool,
}

struct Line<T> {
    state: Mutex<State<T>>,
    /// For the reader: there may be room.
    room: Condvar,
    /// For the workers: there may be a row that they may take.
    work: Condvar,
    /// For the writer: the next result may be there.
    ready: Condvar,
    rows: usize,
    window: u64,
}

impl<T> Line<T> {
    fn new(jobs: usize) -> Self {
        let state = State {
            waiting: VecDeque::new(),
            done: VecDeque::new(),
            next: 0,
            cut: 0,
            row_bytes: 0,
            result_bytes: 0,
            all_cut: false,
            stopped: false,
            reader_waits: false,
            idle: 0,
            writer_waits: false,
        };
        let (room, work, ready) = (Condvar::new(), Condvar::new(), Condvar::new());
        Line {
            state: Mutex::new(state),
            room,
            work,
            ready,
            rows: ROWS * (jobs + 2),
            window: (WINDOW * jobs) as u64,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // No code that may panic runs under the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'g>(condvar: &Condvar, state: MutexGuard<'g, State<T>>) -> MutexGuard<'g, State<T>> {
        condvar.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.room.notify_all();
        self.work.notify_all();
    }

    /// The reader's part.
    fn cut(&self, mut rows: Inputs) -> Inputs {
        let _end = EndOfRows(self);
        loop {
            let Some(row) = rows.next() else { return rows };
            let mut state = self.lock();
            let full = |s: &State<T>| {
                s.cut - s.next >= self.window
                    || (s.row_bytes > 0 && s.row_bytes + row.bytes > self.rows)
            };
            while !state.stopped && full(&state) {
                state.reader_waits = true;
                state = Self::wait(&self.room, state);
            }
            state.reader_waits = false;
            if state.stopped {
                return rows;
            }
            let number = state.cut;
            state.cut += 1;
            state.row_bytes += row.bytes;
            state.waiting.push_back((number, print(&row), row));
            if state.idle > 0 {
                self.work.notify_one();
            }
        }
    }

    /// A worker's part.
    fn work(&self, work: &impl Fn(&Article) -> T, weigh: &impl Fn(&T) -> usize) {
        let mut state = self.lock();
        loop {
            let next = state.next;
            let may_take = state
                .waiting
                .front()
                .is_some_and(|(number, ..)| state.result_bytes < RESULTS || *number == next);
            if state.stopped || (state.all_cut && state.waiting.is_empty()) {
                return;
            }
            let taken = if may_take { state.waiting.pop_front() } else { None };
            let Some((number, print, row)) = taken else {
                state.idle += 1;
                state = Self::wait(&self.work, state);
                state.idle -= 1;
                continue;
            };
            drop(state);
            let (bytes, place) = (row.bytes, row.place.clone());
            let result = guarded(&place, || row.read().map(|article| work(&article)));
            let weight = result.as_ref().map_or(0, weigh);
            state = self.lock();
            state.row_bytes -= bytes;
            state.result_bytes += weight;
            let slot = (number - state.next) as usize;
            if state.done.len() <= slot {
                state.done.resize_with(slot + 1, || None);
            }
            state.done[slot] = Some((weight, Outcome { print, result }));
            if slot == 0 && state.writer_waits {
                self.ready.notify_one();
            }
            self.tell_reader(&state);
        }
    }

    /// Wakes the reader when there is room for many rows: for one each time, it would wake as often as rows are done.
    fn tell_reader(&self, state: &State<T>) {
        let much =
            state.row_bytes <= self.rows / 4 * 3 && state.cut - state.next <= self.window / 4 * 3;
        if state.reader_waits && much {
            self.room.notify_one();
        }
    }

    /// The writer's part.
    fn write(&self, show: &mut impl FnMut(Outcome<T>) -> anyhow::Result<()>) -> anyhow::Result<()> {
        let mut state = self.lock();
        let mut ready = Vec::new();
        loop {
            let held_up = state.result_bytes >= RESULTS;
            while let Some(Some(_)) = state.done.front() {
                let Some((weight, outcome)) = state.done.pop_front().flatten() else { break };
                state.next += 1;
                state.result_bytes -= weight;
                ready.push(outcome);
            }
            if ready.is_empty() {
                if state.all_cut && state.next == state.cut {
                    return Ok(());
                }
                state.writer_waits = true;
                state = Self::wait(&self.ready, state);
                state.writer_waits = false;
                continue;
            }
            self.tell_reader(&state);
            drop(state);
            ready.drain(..).try_for_each(&mut *show)?;
            if held_up {
                // Not before what they wait for is written.
                self.work.notify_all();
            }
            state = self.lock();
        }
    }
}

/// Nobody works on when the writer has ended.
struct Stop<'l, T>(&'l Line<T>);

impl<T> Drop for Stop<'_, T> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Nobody waits for rows any more when the reader ends, be it by a defect.
struct EndOfRows<'l, T>(&'l Line<T>);

impl<T> Drop for EndOfRows<'_, T> {
    fn drop(&mut self) {
        self.0.lock().all_cut = true;
        self.0.work.notify_all();
        self.0.ready.notify_one();
    }
}

/// A defect of ours in one row costs that row, not the run.
fn guarded<T>(place: &Place, work: impl FnOnce() -> Result<T, Reject>) -> Result<T, Reject> {
    let done = catch_unwind(AssertUnwindSafe(work));
    done.unwrap_or_else(|_| {
        let at = defect::place().map(|at| format!(" ({at})")).unwrap_or_default();
        Err(place.reject(None, format!("a defect of the program{at}: please report this row")))
    })
}

/// FNV-1a of a row's place and of its digest.
pub(crate) fn print(row: &Row) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let line = row.place.line.unwrap_or(0).to_le_bytes();
    for byte in row.place.source.bytes().chain(line).chain(row.digest.to_le_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsgauge::read::{Options, read};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::{Duration, Instant};

    fn rows(dir: &tempfile::TempDir, count: usize) -> Inputs {
        let path = dir.path().join("n.jsonl");
        let lines: String =
            (0..count).map(|n| format!("{{\"id\": {n}, \"text\": \"t\"}}\n")).collect();
        std::fs::write(&path, lines).expect("written");
        read(vec![path], Options::default())
    }

    #[test]
    fn a_slow_row_does_not_hold_up_the_others_and_comes_in_its_place() {
        let dir = tempfile::tempdir().expect("a folder");
        let others = AtomicUsize::new(0);
        let mut shown = Vec::new();
        let work = |article: &Article| {
            let started = Instant::now();
            while article.id == "0"
                && others.load(Ordering::SeqCst) < 500
                && started.elapsed() < Duration::from_secs(60)
            {
                std::thread::sleep(Duration::from_millis(1));
            }
            others.fetch_add(1, Ordering::SeqCst);
            (article.id.clone(), others.load(Ordering::SeqCst))
        };
        each(
            rows(&dir, 600),
            2,
            work,
            |_| 0,
            |outcome| {
                shown.push(outcome.result.expect("an article"));
                Ok(())
            },
        )
        .expect("to the end");
        assert!(shown[0].1 > 500, "{:?}", shown[0]);
        assert!(
            shown.iter().enumerate().all(|(n, (id, _))| *id == n.to_string()) && shown.len() == 600
        );
    }

    #[test]
    fn results_that_wait_stop_the_work_and_not_the_run() {
        let dir = tempfile::tempdir().expect("a folder");
        let held = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let work = |article: &Article| {
            if article.id == "0" {
                std::thread::sleep(Duration::from_millis(200));
            }
            most.fetch_max(held.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        };
        each(
            rows(&dir, 300),
            4,
            work,
            |()| RESULTS / 10,
            |_| {
                held.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            },
        )
        .expect("to the end");
        assert!(most.load(Ordering::SeqCst) <= 2 * 10 + 4 + 1, "{most:?}");
    }

    #[test]
    fn a_defect_costs_a_row_and_an_error_ends_the_run() {
        let dir = tempfile::tempdir().expect("a folder");
        let work = |article: &Article| assert!(article.id != "3", "on purpose");
        let mut reasons = Vec::new();
        each(
            rows(&dir, 9),
            3,
            work,
            |()| 0,
            |outcome| {
                reasons.extend(outcome.result.err().map(|reject| (reject.line, reject.reason)));
                Ok(())
            },
        )
        .expect("to the end");
        assert!(
            reasons.len() == 1 && reasons[0].0 == Some(4) && reasons[0].1.contains("defect"),
            "{reasons:?}"
        );
        let ended = each(rows(&dir, 9999), 3, |_| (), |()| 0, |_| anyhow::bail!("no room"));
        assert!(ended.is_err_and(|e| e.to_string() == "no room"));
    }

    #[test]
    fn a_panic_of_the_writer_does_not_wait_for_ever() {
        let dir = tempfile::tempdir().expect("a folder");
        let rows = rows(&dir, 9999);
        let run = AssertUnwindSafe(|| {
            each(rows, 2, |_| (), |()| 0, |_| -> anyhow::Result<()> { panic!("on purpose") })
                .is_ok()
        });
        assert!(catch_unwind(run).is_err());
    }
}
