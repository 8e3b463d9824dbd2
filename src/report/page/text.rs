//! The article itself.

use super::{Part, Place, Section};
use crate::score::Scored;

pub(super) fn section<'a>(_: &'a Scored<'a>) -> Vec<Section<'a>> {
    vec![Section::new("text", "Text", Place::Text, vec![Part::Text])]
}
