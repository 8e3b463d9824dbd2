//! Things that workers keep between articles, however many workers there are.

use std::sync::{Mutex, PoisonError};

/// As many things as were ever lent at once.
#[derive(Default)]
pub(super) struct Pool<T>(Mutex<Vec<T>>);

impl<T: Default> Pool<T> {
    /// Lends one, a new one when all are out.
    pub(super) fn lend<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        let mut thing =
            self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let out = work(&mut thing);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(thing);
        out
    }
}
