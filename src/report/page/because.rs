//! What each score rests on.

use super::{AxisBalance, Part, Place, Section, title};
use crate::report::Show;
use crate::report::explanation::Explanation;
use crate::score::Scored;

pub(super) fn sections<'a>(scored: &'a Scored<'a>) -> Vec<Section<'a>> {
    let axes = Explanation::new(scored, Show::default()).axes.into_iter();
    axes.map(|axis| Section {
        id: format!("axis-{}", axis.axis),
        title: title(&axis),
        place: Place::Beside,
        parts: vec![
            Part::Note(axis.doc.to_owned()),
            Part::Side(axis.high, axis.up),
            Part::Side(axis.low, axis.down),
            Part::Balance(AxisBalance {
                base: axis.base,
                sum: axis.sum,
                difference: axis.difference,
                low: axis.low,
                high: axis.high,
            }),
        ],
    })
    .collect()
}
