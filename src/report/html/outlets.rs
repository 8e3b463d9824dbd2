//! The page of outlets: means with intervals, and beside them, apart, what others say of them.

use super::chart::tenth;
use super::index::SCRIPT;
use super::{Isolated, Shell, filled};
use crate::axis::{AXES, Axis};
use crate::outlet::{Estimate, Outlet, Ratings, Summary, Trend, Whole};
use askama::Template;

#[derive(Template)]
#[template(path = "report/html/outlets.html")]
struct OutletsPage<'a> {
    shell: Shell,
    summary: &'a Summary,
    ratings: Option<&'a Ratings>,
    axes: Vec<AxisView<'a>>,
}

/// An axis with the outlets that have a value on it, highest first.
struct AxisView<'a> {
    axis: &'static Axis,
    whole: &'a Whole,
    rows: Vec<(&'a Outlet, &'a Estimate)>,
    points: Vec<Point<'a>>,
}

/// A period on an axis.
struct Point<'a> {
    x: f64,
    y: f64,
    period: &'a str,
    told: String,
}

/// Width and height of a trend's field.
const FIELD: (f64, f64) = (600.0, 100.0);

fn points(trend: &Trend, at: usize) -> Vec<Point<'_>> {
    let step = FIELD.0 / trend.periods.len().saturating_sub(1).max(1) as f64;
    let point = |(index, period): (usize, &'_ crate::outlet::Period)| {
        let (count, mean) = (*period.all.axes.get(at)?)?;
        Some((index, count, mean))
    };
    let known = trend.periods.iter().enumerate().filter_map(|p| Some((point(p)?, p.1)));
    let drawn = known.map(|((index, count, mean), period)| Point {
        x: tenth(index as f64 * step),
        y: tenth((1.0 - mean) * FIELD.1),
        period: &period.name,
        told: format!("{}: {mean:.2}, {count} articles", period.name),
    });
    drawn.collect()
}

impl AxisView<'_> {
    /// The points as a polyline has them.
    fn line(&self) -> String {
        let places = self.points.iter().map(|p| format!("{},{}", p.x, p.y));
        places.collect::<Vec<_>>().join(" ")
    }

    fn story(&self) -> String {
        self.points.iter().map(|p| p.told.as_str()).collect::<Vec<_>>().join("; ")
    }
}

fn rank(estimate: &Estimate) -> String {
    match estimate.rank {
        Some((best, worst)) if best == worst => best.to_string(),
        Some((best, worst)) => format!("{best}–{worst}"),
        None => String::new(),
    }
}

/// The page of outlets; `ratings` stand in a table of their own.
#[must_use]
pub fn outlets_page(summary: &Summary, ratings: Option<&Ratings>) -> String {
    let axes = summary.axes.iter().filter_map(|whole| {
        let at = AXES.iter().position(|axis| axis.name == whole.axis)?;
        let mut rows: Vec<(&Outlet, &Estimate)> =
            summary.outlets.iter().filter_map(|o| Some((o, o.axes.get(at)?.as_ref()?))).collect();
        // Stable: equal values stay in the order of names.
        rows.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
        let points = summary.trend.as_ref().map_or_else(Vec::new, |trend| points(trend, at));
        Some(AxisView { axis: &AXES[at], whole, rows, points })
    });
    filled(&OutletsPage {
        shell: Shell::new("Outlets", SCRIPT),
        summary,
        ratings,
        axes: axes.collect(),
    })
}
