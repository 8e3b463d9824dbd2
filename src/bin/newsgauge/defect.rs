//! Panics of the threads that read and score: caught where they cost a row, and told there instead of in the middle of a progress bar.

use std::cell::RefCell;
use std::panic;

/// Names of the threads whose panics are caught.
pub(crate) const READER: &str = "reader";
pub(crate) const WORKER: &str = "worker";

thread_local! {
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on panics of those threads are kept; all others are told as ever.
pub(crate) fn listen() {
    let told = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if std::thread::current().name().is_some_and(|name| [READER, WORKER].contains(&name)) {
            let place = info.location().map(|l| format!("{}:{}", l.file(), l.line()));
            LAST.with(|last| *last.borrow_mut() = place);
        } else {
            told(info);
        }
    }));
}

/// Where in the source this thread's last panic was, once.
pub(crate) fn place() -> Option<String> {
    LAST.with(|last| last.borrow_mut().take())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_a_worker_is_kept_once() {
        listen();
        let work = || {
            let _caught = panic::catch_unwind(|| panic!("on purpose"));
            (place(), place())
        };
        let kept = std::thread::Builder::new()
            .name(WORKER.to_owned())
            .spawn(work)
            .expect("a thread")
            .join()
            .expect("caught");
        assert!(kept.0.is_some_and(|place| place.contains("defect.rs")) && kept.1.is_none());
    }
}
