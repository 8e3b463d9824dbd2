//! The bytes of a page as text: by its mark, by what the server said, by what the page says, by what the bytes look like.

use crate::read::decode::Decoder;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes in which a page may name its encoding. The standard says 1,024; pages say it later.
const HEAD: usize = 8192;

/// The text, and a warning when it was not plain UTF-8.
pub(super) fn decode(bytes: &[u8], told: Option<&str>) -> (String, Option<String>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..]);
    }
    // Nothing else looks like UTF-8 by accident, whatever the page says of itself.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    let named = told
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .or_else(|| named(&bytes[..bytes.len().min(HEAD)]));
    match named {
        Some(encoding) if encoding != UTF_8 => with(encoding, bytes),
        _ => Decoder::new().decode(bytes),
    }
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> (String, Option<String>) {
    let (text, errors) = encoding.decode_without_bom_handling(bytes);
    let lost = if errors { ", some of it unreadable" } else { "" };
    (
        text.into_owned(),
        (encoding != UTF_8 || errors).then(|| format!("decoded from {}{lost}", encoding.name())),
    )
}

/// The encoding named in a `meta` tag: `charset=` and a label, quoted or not.
fn named(head: &[u8]) -> Option<&'static Encoding> {
    const KEY: &[u8] = b"charset";
    let mut rest = head;
    while let Some(at) = rest.windows(KEY.len()).position(|w| w.eq_ignore_ascii_case(KEY)) {
        rest = &rest[at + KEY.len()..];
        let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let end = value
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')))
            .unwrap_or(value.len());
        if let Some(encoding) = Encoding::for_label(&value[..end]) {
            // A page that can be searched for these letters is not in UTF-16.
            return Some(if encoding == UTF_16LE || encoding == UTF_16BE {
                UTF_8
            } else {
                encoding
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_in_the_encoding_that_it_names() {
        let page = "<meta http-equiv=Content-Type content=\"text/html; charset = windows-1251\"><p>Мост открыт</p>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(page);
        let (text, warning) = decode(&bytes, None);
        assert!(text.contains("Мост открыт"), "{text}");
        assert_eq!(warning.as_deref(), Some("decoded from windows-1251"));
    }

    #[test]
    fn what_the_server_says_goes_before_what_the_page_says() {
        let (bytes, _, _) =
            encoding_rs::WINDOWS_1252.encode("<meta charset=koi8-r><p>café “open”</p>");
        assert!(decode(&bytes, Some("windows-1252")).0.contains("café “open”"));
        assert!(!decode(&bytes, None).0.contains("café"));
    }

    #[test]
    fn utf8_is_utf8_whatever_the_page_says() {
        let page = "<meta charset=iso-8859-1><p>café</p>";
        assert_eq!(decode(page.as_bytes(), Some("latin1")), (page.to_owned(), None));
        assert_eq!(decode("\u{feff}<p>Zoë".as_bytes(), Some("koi8-r")).0, "<p>Zoë");
    }

    #[test]
    fn a_false_name_and_no_name_are_guessed() {
        let (bytes, _, _) =
            encoding_rs::WINDOWS_1252.encode("<meta charset=utf-8><p>The café’s owner said “never” to Citroën; the naïve señor agreed.");
        assert!(decode(&bytes, None).0.contains("café’s owner said “never”"));
        assert!(decode(b"<meta charset=nonsense><p>plain", None).0.ends_with("plain"));
    }
}
