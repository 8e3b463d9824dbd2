//! Sums of word polarity in windows around a mention.

use super::inputs::NEARBY;
use crate::linear::{Sink, Template, join};
use crate::text::Word;
use std::sync::LazyLock;

/// Sums of word polarity in windows around the mention, good and bad apart.
#[derive(Default)]
pub(super) struct Sums {
    windows: [[f64; 2]; 7],
}

/// Names of the windows; good ones first.
const WINDOWS: [[&str; 2]; 7] = [
    ["left +", "left -"],
    ["right +", "right -"],
    ["near +", "near -"],
    ["three-left +", "three-left -"],
    ["three-right +", "three-right -"],
    ["clause-left +", "clause-left -"],
    ["clause-right +", "clause-right -"],
];

static WINDOW_KEYS: LazyLock<[[Word; 2]; 7]> = LazyLock::new(|| {
    WINDOWS.map(|names| {
        names.map(|name| {
            let (window, sign) = name.split_once(' ').unwrap_or_default();
            join(&[Word::of(window), Word::of(sign)])
        })
    })
});

impl Sums {
    pub(super) fn add(&mut self, left: bool, distance: usize, clause: bool, value: f64) {
        if value == 0.0 {
            return;
        }
        let (side, sign) = (usize::from(!left), usize::from(value < 0.0));
        let inside =
            [(side, true), (2, distance <= NEARBY), (3 + side, distance <= 3), (5 + side, clause)];
        for (window, _) in inside.into_iter().filter(|(_, yes)| *yes) {
            self.windows[window][sign] += value.abs();
        }
    }

    pub(super) fn put(&self, template: Template, sink: &mut impl Sink) {
        for (window, sums) in self.windows.iter().enumerate() {
            for (sign, sum) in sums.iter().enumerate().filter(|(_, sum)| **sum > 0.0) {
                sink.put(template, WINDOW_KEYS[window][sign], *sum, || {
                    WINDOWS[window][sign].to_owned()
                });
            }
        }
    }
}
