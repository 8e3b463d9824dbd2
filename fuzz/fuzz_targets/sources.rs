//! Any bytes: compression, encodings, and whatever format they look like.
#![no_main]

mod reading;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::all(None, bytes));
