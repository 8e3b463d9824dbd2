//! Linear-chain conditional random fields over hashed inputs: fitting, tagging, and the file in between. Knows nothing of what is
//! tagged.
//!
//! An input is a 32-bit key (template and value, hashed by [`key`]). A fitted field holds a row of weights, one for each
//! tag, for every key that it knows; a key that it does not know adds nothing. With some ten thousand keys of a template an
//! unknown value meets a known key about once in ten thousand.

mod crf;
mod file;
mod fit;
mod run;
mod table;

pub(crate) use crf::NEVER;
pub use crf::{Crf, Sums};
pub use file::CrfFile;
pub(crate) use file::{first_bytes, unbase64};
pub(crate) use fit::{Sequences, Settings};
pub use run::Run;
pub(crate) use table::{Lazy, Table, sizes, templates};

use crate::text::mix;

/// The key of a template's value: the template's number, below 32, in the lowest bits, so that the keys of some templates
/// can be told from others.
#[must_use]
pub fn key(template: u64, value: u64) -> u32 {
    let hash = (mix(value.wrapping_add(template.wrapping_mul(0x9e37_79b9_7f4a_7c15))) >> 32) as u32;
    hash & !TEMPLATE | template as u32 & TEMPLATE
}

/// Whether a tag can stand behind another: what is inside a piece ("I…") never follows what is in none ("O").
fn follows(before: &str, tag: &str) -> bool {
    !(before == "O" && tag.starts_with('I'))
}

/// Bits of a key that tell its template.
const TEMPLATE: u32 = 31;

/// The value of two things in order.
pub(crate) fn pair(a: u64, b: u64) -> u64 {
    a.rotate_left(29) ^ b.wrapping_mul(0x0000_0100_0000_01b3)
}

/// The value of a few small numbers in order.
pub(crate) fn packed<const N: usize>(parts: [u8; N]) -> u64 {
    const { assert!(N <= 8) };
    mix(parts.into_iter().fold(0, |value, part| value << 8 | u64::from(part)).wrapping_add(1))
}
