//! Work on articles by several threads, with results in the order of reading and memory bounded by a batch.

use crate::intake::Intake;
use newsgauge::article::Article;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Articles of a batch for each thread.
const EACH: usize = 64;
/// Bytes of text after which a batch is full.
const FULL: usize = 16 << 20;

/// Does `work` on every article and gives the results to `show` in order.
pub(crate) fn each<T: Send>(
    intake: &mut Intake,
    jobs: usize,
    work: impl Fn(&Article) -> T + Sync,
    mut show: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if jobs == 1 {
        while let Some(article) = intake.next()? {
            show(work(&article))?;
        }
        return Ok(());
    }
    loop {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < EACH * jobs && bytes < FULL {
            let Some(article) = intake.next()? else { break };
            bytes += article.text.len();
            batch.push(article);
        }
        if batch.is_empty() {
            return Ok(());
        }
        for result in all(&batch, jobs, &work) {
            show(result)?;
        }
    }
}

fn all<T: Send>(batch: &[Article], jobs: usize, work: &(impl Fn(&Article) -> T + Sync)) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(article) = batch.get(index) else { return done };
            done.push((index, work(article)));
        }
    };
    let mut results: Vec<(usize, T)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (1..jobs.min(batch.len())).map(|_| scope.spawn(worker)).collect();
        let mut results = worker();
        for thread in threads {
            match thread.join() {
                Ok(done) => results.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
