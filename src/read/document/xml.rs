//! XML of documents, walked over step by step: nothing is kept, so that depth and size cost nothing.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// What stands in an XML file, in its order.
pub(in crate::read) enum Step<'e> {
    /// An element begins; its prefix and name are told apart.
    Open(Element<'e>),
    /// An element ends: its name without prefix.
    Close(&'e str),
    /// Text. References are resolved; those to entities that the file declares itself are not.
    Text(&'e str),
}

/// The start of an element.
pub(in crate::read) struct Element<'e> {
    start: &'e BytesStart<'e>,
    pub(in crate::read) prefix: &'e str,
    pub(in crate::read) name: &'e str,
}

impl Element<'_> {
    /// The value of an attribute, by its name without prefix.
    pub(in crate::read) fn attribute(&self, name: &str) -> Option<String> {
        self.start.attributes().flatten().find_map(|attribute| {
            let (key, value) = (attribute.key, attribute.value.as_ref());
            let key = key.local_name();
            let value = quick_xml::escape::unescape(value).ok()?;
            (key.as_ref() == name).then(|| value.into_owned())
        })
    }
}

/// Walks over a file. The reason when it is no XML, or the visitor wants no more of it.
pub(in crate::read) fn walk(
    input: impl BufRead,
    mut visit: impl FnMut(Step<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let mut reader = Reader::from_reader(input);
    reader.config_mut().allow_dangling_amp = true;
    let mut buffer = Vec::new();
    loop {
        let event = reader.read_event_into(&mut buffer);
        let event = event.map_err(|error| format!("broken XML: {error}"))?;
        match &event {
            Event::Start(start) => visit(Step::Open(element(start)))?,
            Event::Empty(start) => {
                visit(Step::Open(element(start)))?;
                visit(Step::Close(element(start).name))?;
            }
            Event::End(end) => visit(Step::Close(end.local_name().as_ref()))?,
            Event::Text(text) => visit(Step::Text(&text.xml10_content()))?,
            Event::CData(text) => visit(Step::Text(&text.xml10_content()))?,
            Event::GeneralRef(reference) => {
                let mut utf8 = [0; 4];
                match reference.resolve_char_ref() {
                    Ok(Some(c)) => visit(Step::Text(c.encode_utf8(&mut utf8)))?,
                    _ => visit(Step::Text(resolve_predefined_entity(reference).unwrap_or(" ")))?,
                }
            }
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        buffer.clear();
    }
}

fn element<'e>(start: &'e BytesStart<'_>) -> Element<'e> {
    let name = start.name().into_inner();
    let (prefix, name) = name.split_once(':').unwrap_or(("", name));
    Element { start, prefix, name }
}
