//! XML: one walk over it for all, and for the formats that agencies and sites send a bounded tree, its conversion to HTML, and
//! the cutting of long files into their items.
//!
//! quick-xml reads the markup. Entities that a file declares itself are never expanded: such a file is refused, so that
//! none can grow in memory.

mod cut;
mod html;
mod rows;
mod tree;
mod walk;

pub(super) use rows::{Cutting, Found, Head, rows};
pub(super) use tree::{Id, Tree};
pub(super) use walk::{Step, walk};

/// Why a file is refused that declares entities.
const ENTITIES: &str = "the XML declares entities of its own, which are not expanded here, so that none can grow without end; \
     `xmllint --noent` writes the file without them";

/// The label in `<?xml version="1.0" encoding="iso-8859-1"?>`.
fn encoding(bytes: &[u8]) -> Option<&str> {
    let head = bytes.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = head.iter().take(200).position(|b| *b == b'>')?;
    let (_, value) = std::str::from_utf8(&head[..end]).ok()?.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let label = value.get(1..)?.split(['"', '\'']).next()?;
    (!label.is_empty()).then_some(label)
}

/// Name of the first element, comments, declarations and document types passed over; without its prefix.
pub(super) fn root(head: &[u8]) -> Option<&str> {
    let mut body = head.trim_ascii_start();
    loop {
        let end: &[u8] = match body {
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', ..] if body.iter().take_while(|b| **b != b'>').any(|b| *b == b'[') => {
                b"]>"
            }
            [b'<', b'?' | b'!', ..] => b">",
            [b'<', ..] => break,
            _ => return None,
        };
        let at = body.windows(end.len()).position(|w| w == end)?;
        body = body[at + end.len()..].trim_ascii_start();
    }
    let name = body[1..].split(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')).next()?;
    let name = std::str::from_utf8(name).ok()?;
    Some(name.rsplit(':').next().unwrap_or(name)).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_element_is_found_behind_its_prolog() {
        for (head, name) in [
            ("<rss version='2.0'>", Some("rss")),
            ("  <?xml version='1.0'?>\n<!-- a > b --><nitf>", Some("nitf")),
            ("<!DOCTYPE nitf SYSTEM 'x.dtd'>\n<nitf version=''>", Some("nitf")),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]>\n<rdf:RDF\nxmlns=''>", Some("RDF")),
            ("<feed/>", Some("feed")),
            ("plain text <rss>", None),
            ("<?xml version='1.0'", None),
            ("", None),
        ] {
            assert_eq!(root(head.as_bytes()), name, "{head}");
        }
    }

    #[test]
    fn the_declared_encoding_is_found() {
        let label = |head: &str| encoding(head.as_bytes()).map(str::to_owned);
        assert_eq!(label("<?xml version='1.0' encoding = 'koi8-r'?>").as_deref(), Some("koi8-r"));
        assert_eq!(label("\n<?xml encoding=\"UTF-8\"?><a>").as_deref(), Some("UTF-8"));
        assert_eq!(label("<?xml version=\"1.0\"?>"), None);
        assert_eq!(label("<a encoding='x'>"), None);
    }
}
