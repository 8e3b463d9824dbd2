//! Exports of databases, by what carries them: text, a page, XML, RTF.
#![no_main]

mod reading;

const FORMATS: &[&str] = &["text", "html", "factiva-xml", "rtf"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((first, rest)) = bytes.split_first() {
        reading::all(Some(FORMATS[usize::from(*first) % FORMATS.len()]), rest);
    }
});
