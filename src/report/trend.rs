//! Weeks or months of many articles, beside the figures of outlets.

use super::json::Pairs;
use super::table::{Side, whole};
use super::{csv, round};
use crate::axis::AXES;
use crate::outlet::{Counted, Trend};
use serde::Serialize;

#[derive(Serialize)]
struct MeanObject {
    articles: usize,
    mean: f64,
}

#[derive(Serialize)]
struct CountedObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<&'a str>,
    articles: usize,
    scored: usize,
    axes: Pairs<'a, MeanObject>,
}

#[derive(Serialize)]
struct PeriodObject<'a> {
    period: &'a str,
    #[serde(flatten)]
    all: CountedObject<'a>,
    outlets: Vec<CountedObject<'a>>,
}

/// `"trend"` of the outlets' object.
#[derive(Serialize)]
pub(super) struct TrendObject<'a> {
    by: &'a str,
    undated: usize,
    periods: Vec<PeriodObject<'a>>,
}

pub(super) fn object(trend: &Trend) -> TrendObject<'_> {
    let periods = trend.periods.iter().map(|period| PeriodObject {
        period: &period.name,
        all: counted(None, &period.all),
        outlets: period.outlets.iter().map(|(name, c)| counted(Some(name), c)).collect(),
    });
    TrendObject { by: trend.by.name(), undated: trend.undated, periods: periods.collect() }
}

fn counted<'a>(outlet: Option<&'a str>, counted: &Counted) -> CountedObject<'a> {
    let axes = AXES.iter().zip(&counted.axes).filter_map(|(axis, mean)| {
        mean.map(|(articles, mean)| (axis.name, MeanObject { articles, mean: round(mean) }))
    });
    CountedObject {
        outlet,
        articles: counted.articles,
        scored: counted.articles - counted.unscored,
        axes: Pairs(axes.collect()),
    }
}

/// A CSV row for each period, under a header, with the mean of its articles on each axis.
#[must_use]
pub fn csv(trend: &Trend) -> Vec<u8> {
    let mut header: Vec<String> =
        ["period", "outlets", "articles", "scored", "unscored"].map(str::to_owned).to_vec();
    header.extend(AXES.iter().map(|axis| axis.name.to_owned()));
    let mut out = csv::line(header);
    for period in &trend.periods {
        let Counted { articles, unscored, axes } = &period.all;
        let counts = [period.outlets.len(), *articles, articles - unscored, *unscored];
        let means =
            axes.iter().map(|m| m.map_or_else(String::new, |(_, mean)| round(mean).to_string()));
        let cells =
            std::iter::once(period.name.clone()).chain(counts.map(|n| n.to_string())).chain(means);
        out.extend(csv::line(cells));
    }
    out
}

/// For reading: a table of periods.
pub(super) fn text(trend: &Trend) -> String {
    let mut columns =
        vec![("period", Side::Left), ("articles", Side::Right), ("scored", Side::Right)];
    columns.extend(AXES.iter().map(|axis| (axis.name, Side::Right)));
    let rows: Vec<Vec<String>> = trend
        .periods
        .iter()
        .map(|period| {
            let all = &period.all;
            let counts = [all.articles, all.articles - all.unscored].map(|n| n.to_string());
            let means = all
                .axes
                .iter()
                .map(|m| m.map_or_else(|| "-".to_owned(), |(_, mean)| format!("{mean:.2}")));
            std::iter::once(period.name.clone()).chain(counts).chain(means).collect()
        })
        .collect();
    format!(
        "By {}: means of all articles that name an outlet and a date\n\n{}\n\n",
        trend.by.name(),
        whole(&columns, &rows, 40)
    )
}
