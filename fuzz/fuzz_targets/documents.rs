//! Documents, the format by the first byte: Word, RTF, mail, mailboxes, EPUB, PDF.
#![no_main]

mod reading;

const FORMATS: &[&str] = &["docx", "rtf", "eml", "mbox", "epub", "pdf"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((first, rest)) = bytes.split_first() {
        reading::all(Some(FORMATS[usize::from(*first) % FORMATS.len()]), rest);
    }
});
