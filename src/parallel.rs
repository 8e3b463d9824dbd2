//! Work that is done once at the start, side by side.

use std::thread::{Builder, scope};

/// `f` of every item, in order; each on a thread of its own, or on this one where the system gives none.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let f = &f;
    scope(|scope| {
        let threads: Vec<_> = items
            .iter()
            .map(|item| Builder::new().spawn_scoped(scope, move || f(item)).map_err(|_| item))
            .collect();
        let done = threads.into_iter().map(|thread| match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(item) => f(item),
        });
        done.collect()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_come_in_the_order_of_the_items() {
        assert_eq!(super::map(&[1, 2, 3], |n| n * 10), [10, 20, 30]);
        assert!(super::map(&[0_u8; 0], |n| *n).is_empty());
    }
}
