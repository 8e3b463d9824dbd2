//! Geometry of the charts: plain SVG, drawn by the templates.

/// Colours of a stack of classes that the style sheet has.
const STEPS: usize = 6;

/// A piece of a stacked bar, in hundredths of its width.
pub(super) struct Piece<'a> {
    pub(super) class: &'a str,
    pub(super) share: f64,
    pub(super) x: f64,
    pub(super) width: f64,
    /// Which colour.
    pub(super) step: usize,
}

/// Classes side by side, in the order given.
pub(super) fn stack<'a>(classes: &[(&'a str, f64)]) -> Vec<Piece<'a>> {
    let mut x = 0.0;
    let last = classes.len().saturating_sub(1).max(1);
    let piece = |(at, (class, share)): (usize, &(&'a str, f64))| {
        let width = tenth(100.0 * share);
        let piece = Piece { class, share: *share, x, width, step: at * (STEPS - 1) / last };
        x = tenth(x + width);
        piece
    };
    classes.iter().enumerate().map(piece).collect()
}

/// One decimal: a hundredth of a bar's width is nothing that anybody sees.
pub(super) fn tenth(value: f64) -> f64 {
    (10.0 * value).round() / 10.0
}

/// In words.
pub(super) fn percent(share: &f64) -> String {
    format!("{:.0} %", 100.0 * share)
}
