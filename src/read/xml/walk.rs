//! XML, walked over step by step: what every reader of it does alike. Nothing is kept, so that depth and size cost nothing.

use super::ENTITIES;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;
use std::io::BufRead;

/// What stands in an XML file, in its order.
pub(in crate::read) enum Step<'e> {
    /// An element begins; its prefix and name are told apart.
    Open(Element<'e>),
    /// An element ends: its name without prefix.
    Close(&'e str),
    /// Text. References are resolved, unknown ones stay as they are written.
    Text(&'e str),
}

/// The start of an element.
pub(in crate::read) struct Element<'e> {
    start: &'e BytesStart<'e>,
    /// Its name with its prefix.
    pub(super) full: &'e str,
    pub(in crate::read) prefix: &'e str,
    pub(in crate::read) name: &'e str,
}

impl Element<'_> {
    /// Its attributes, each with its value.
    ///
    /// # Errors
    /// When one is broken.
    pub(super) fn attributes(&self) -> impl Iterator<Item = Result<(&str, Cow<'_, str>), String>> {
        // Without the check for doubles, which costs the square of their number.
        let mut all = self.start.attributes();
        all.with_checks(false);
        all.map(|attribute| {
            let attribute = attribute.map_err(|error| format!("broken XML: {error}"))?;
            let value =
                attribute.normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_html5_entity);
            Ok((attribute.key.into_inner(), value.unwrap_or(attribute.value)))
        })
    }

    /// The value of an attribute, by its name without prefix.
    pub(in crate::read) fn attribute(&self, name: &str) -> Option<String> {
        let local = |key: &str| key.rsplit(':').next() == Some(name);
        self.attributes().flatten().find(|(key, _)| local(key)).map(|(_, value)| value.into_owned())
    }
}

/// Walks over a file.
///
/// # Errors
/// With what is wrong and on which line, when it is not well-formed or declares entities; or as the visitor says that wants no
/// more of it.
pub(in crate::read) fn walk(
    input: impl BufRead,
    mut visit: impl FnMut(Step<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let mut reader = Reader::from_reader(input);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.trim_markup_names_in_closing_tags = true;
    let mut buffer = Vec::new();
    let mut line = 1_usize;
    loop {
        let event = reader.read_event_into(&mut buffer);
        let event = event.map_err(|error| format!("broken XML on its line {line}: {error}"))?;
        line += event.bytes().filter(|b| *b == b'\n').count();
        match &event {
            Event::Start(start) => visit(Step::Open(element(start)))?,
            Event::Empty(start) => {
                visit(Step::Open(element(start)))?;
                visit(Step::Close(element(start).name))?;
            }
            Event::End(end) => visit(Step::Close(end.local_name().as_ref()))?,
            Event::Text(text) => visit(Step::Text(&text.xml10_content()))?,
            Event::CData(text) => visit(Step::Text(&text.xml10_content()))?,
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(c)) => visit(Step::Text(c.encode_utf8(&mut [0; 4])))?,
                _ => match resolve_html5_entity(name) {
                    Some(text) => visit(Step::Text(text))?,
                    None => visit(Step::Text(&format!("&{};", &**name)))?,
                },
            },
            Event::DocType(kind) if kind.contains("<!ENTITY") => return Err(ENTITIES.to_owned()),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        buffer.clear();
    }
}

fn element<'e>(start: &'e BytesStart<'_>) -> Element<'e> {
    let full = start.name().into_inner();
    let (prefix, name) = full.rsplit_once(':').unwrap_or(("", full));
    Element { start, full, prefix, name }
}
