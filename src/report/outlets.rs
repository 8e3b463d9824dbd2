//! Outlets: their figures with intervals, and beside them, apart, what others say of them.

use super::json::{self, Pairs};
use super::table::{Side, whole};
use super::trend::{self, TrendObject};
use super::{SCHEMA, csv, round};
use crate::axis::{AXES, Axis};
use crate::outlet::{Estimate, LEVEL, Outlet, Ratings, Summary, Whole};
use serde::Serialize;
use std::fmt::Write;

#[derive(Serialize)]
struct WholeObject {
    outlets: usize,
    articles: usize,
    mean: f64,
    between_sd: Option<f64>,
    within_sd: Option<f64>,
}

#[derive(Serialize)]
struct EstimateObject<'a> {
    articles: usize,
    mean: f64,
    value: f64,
    low: Option<f64>,
    high: Option<f64>,
    rank: Option<(usize, usize)>,
    classes: Pairs<'a, f64>,
}

#[derive(Serialize)]
struct OutletObject<'a> {
    outlet: &'a str,
    articles: usize,
    scored: usize,
    unscored: usize,
    axes: Pairs<'a, EstimateObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratings: Option<Option<Pairs<'a, &'a str>>>,
}

#[derive(Serialize)]
struct RatingsObject<'a> {
    source: &'a str,
    columns: &'a [String],
}

#[derive(Serialize)]
struct SummaryObject<'a> {
    schema: u32,
    without_outlet: usize,
    level: f64,
    axes: Pairs<'a, WholeObject>,
    ratings: Option<RatingsObject<'a>>,
    outlets: Vec<OutletObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trend: Option<TrendObject<'a>>,
}

/// Everything as one JSON object, without the end of its line. `rank` is best and worst place from the highest value.
///
/// # Errors
/// None that is known: serialising into memory.
pub fn object(summary: &Summary, ratings: Option<&Ratings>) -> Result<Vec<u8>, serde_json::Error> {
    let all = |w: &Whole| {
        let object = WholeObject {
            outlets: w.outlets,
            articles: w.articles,
            mean: round(w.mean),
            between_sd: w.between.map(round),
            within_sd: w.within.map(round),
        };
        (w.axis, object)
    };
    json::visible(&SummaryObject {
        schema: SCHEMA,
        without_outlet: summary.nameless,
        level: LEVEL,
        axes: Pairs(summary.axes.iter().map(all).collect()),
        ratings: ratings.map(|r| RatingsObject { source: &r.source, columns: &r.columns }),
        outlets: summary.outlets.iter().map(|o| outlet(o, ratings)).collect(),
        trend: summary.trend.as_ref().map(trend::object),
    })
}

fn outlet<'a>(outlet: &'a Outlet, ratings: Option<&'a Ratings>) -> OutletObject<'a> {
    let estimate = |axis: &'static Axis, e: &Estimate| EstimateObject {
        articles: e.count,
        mean: round(e.mean),
        value: round(e.value),
        low: e.interval.map(|i| round(i.0)),
        high: e.interval.map(|i| round(i.1)),
        rank: e.rank,
        classes: Pairs(
            axis.classes.iter().copied().zip(e.classes.iter().map(|share| round(*share))).collect(),
        ),
    };
    let axes = AXES
        .iter()
        .zip(&outlet.axes)
        .filter_map(|(axis, e)| Some((axis.name, estimate(axis, e.as_ref()?))));
    let pairs = |r: &'a Ratings| {
        let cells = r.of(&outlet.name)?;
        Some(Pairs(
            r.columns.iter().map(String::as_str).zip(cells.iter().map(String::as_str)).collect(),
        ))
    };
    OutletObject {
        outlet: &outlet.name,
        articles: outlet.articles,
        scored: outlet.articles - outlet.unscored,
        unscored: outlet.unscored,
        axes: Pairs(axes.collect()),
        ratings: ratings.map(pairs),
    }
}

/// A CSV row for each outlet, under a header. Columns of ratings stand last and begin with `rating_`.
#[must_use]
pub fn csv(summary: &Summary, ratings: Option<&Ratings>) -> Vec<u8> {
    let mut header = ["outlet", "articles", "scored", "unscored"].map(str::to_owned).to_vec();
    for axis in AXES {
        let parts = ["articles", "mean", "value", "low", "high", "rank_best", "rank_worst"];
        header.extend(
            parts
                .into_iter()
                .chain(axis.classes.iter().copied())
                .map(|part| format!("{}_{part}", axis.name)),
        );
    }
    if let Some(ratings) = ratings {
        header.push("ratings_source".to_owned());
        header.extend(ratings.columns.iter().map(|column| format!("rating_{column}")));
    }
    let mut out = csv::line(header);
    for outlet in &summary.outlets {
        let counts = [outlet.articles, outlet.articles - outlet.unscored, outlet.unscored]
            .map(|n| n.to_string());
        let mut cells: Vec<String> = std::iter::once(outlet.name.clone()).chain(counts).collect();
        for (axis, estimate) in AXES.iter().zip(&outlet.axes) {
            cells.extend(
                estimate
                    .as_ref()
                    .map_or_else(|| vec![String::new(); axis.classes.len() + 7], figures),
            );
        }
        if let Some(ratings) = ratings {
            let of = ratings.of(&outlet.name);
            cells.push(of.map_or_else(String::new, |_| ratings.source.clone()));
            cells.extend(
                of.map_or_else(|| vec![String::new(); ratings.columns.len()], <[String]>::to_vec),
            );
        }
        out.extend(csv::line(cells));
    }
    out
}

fn figures(estimate: &Estimate) -> Vec<String> {
    let given = |value: Option<String>| value.unwrap_or_default();
    let mut out = vec![
        estimate.count.to_string(),
        round(estimate.mean).to_string(),
        round(estimate.value).to_string(),
    ];
    out.extend(
        [estimate.interval.map(|i| i.0), estimate.interval.map(|i| i.1)]
            .map(|end| given(end.map(|v| round(v).to_string()))),
    );
    out.extend(
        [estimate.rank.map(|r| r.0), estimate.rank.map(|r| r.1)]
            .map(|place| given(place.map(|p| p.to_string()))),
    );
    out.extend(estimate.classes.iter().map(|share| round(*share).to_string()));
    out
}

/// Widest cell of a table.
const WIDEST: usize = 40;

/// For reading: a table for each axis, highest value first, then the ratings in a table of their own.
#[must_use]
pub fn text(summary: &Summary, ratings: Option<&Ratings>) -> String {
    let mut out = String::new();
    for whole in &summary.axes {
        let Some(at) = AXES.iter().position(|axis| axis.name == whole.axis) else { continue };
        out.push_str(&axis_table(summary, whole, at));
        out.push('\n');
    }
    let none: Vec<&Outlet> =
        summary.outlets.iter().filter(|o| o.axes.iter().all(Option::is_none)).collect();
    if !none.is_empty() {
        let rows: Vec<Vec<String>> = none
            .iter()
            .map(|o| vec![o.name.clone(), o.articles.to_string(), o.unscored.to_string()])
            .collect();
        let columns =
            [("outlet", Side::Left), ("articles", Side::Right), ("unscored", Side::Right)];
        let _infallible =
            write!(out, "Outlets without a score\n\n{}\n\n", whole(&columns, &rows, WIDEST));
    }
    out.push_str(&summary.trend.as_ref().map_or_else(String::new, trend::text));
    if let Some(ratings) = ratings {
        out.push_str(&ratings_table(summary, ratings));
    }
    let _infallible = write!(out, "{}", NOTES);
    out
}

const NOTES: &str = "\
value: the outlet's mean, drawn toward the mean of all outlets, the more the fewer its articles.
90 % interval: where the outlet's mean lies, for articles like these; rank 1 is the highest value, and a range of ranks
means that intervals overlap. Of genre the probability of opinion is told. A score describes the words of articles, not the honesty of an outlet.
";

fn axis_table(summary: &Summary, total: &Whole, at: usize) -> String {
    let axis = &AXES[at];
    let mut rows: Vec<(&Outlet, &Estimate)> =
        summary.outlets.iter().filter_map(|o| Some((o, o.axes[at].as_ref()?))).collect();
    // Stable: equal values stay in the order of names.
    rows.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    let cells: Vec<Vec<String>> = rows
        .into_iter()
        .map(|(outlet, e)| {
            let interval = e.interval.map_or_else(
                || "unknown".to_owned(),
                |(low, high)| format!("{low:.2} to {high:.2}"),
            );
            let rank = e.rank.map_or_else(
                || "-".to_owned(),
                |(best, worst)| {
                    if best == worst { best.to_string() } else { format!("{best}-{worst}") }
                },
            );
            let mut row =
                vec![outlet.name.clone(), e.count.to_string(), outlet.unscored.to_string()];
            row.extend([format!("{:.2}", e.mean), format!("{:.2}", e.value), interval, rank]);
            row.extend(e.classes.iter().map(|share| format!("{:.0} %", 100.0 * share)));
            row
        })
        .collect();
    let mut columns = vec![("outlet", Side::Left)];
    columns.extend(
        ["scored", "unscored", "mean", "value", "90 % interval", "rank"]
            .map(|heading| (heading, Side::Right)),
    );
    columns.extend(axis.classes.iter().map(|class| (*class, Side::Right)));
    let told = |name: &str, value: Option<f64>| {
        value.map_or_else(|| format!("{name} unknown"), |v| format!("{name} {v:.2}"))
    };
    format!(
        "{}: {}\n{} outlets, {} articles; mean {:.2}; standard deviation {}, {}\n\n{}\n",
        axis.name,
        axis.doc,
        total.outlets,
        total.articles,
        total.mean,
        told("between outlets", total.between),
        told("between articles of one outlet", total.within),
        whole(&columns, &cells, WIDEST)
    )
}

fn ratings_table(summary: &Summary, ratings: &Ratings) -> String {
    let rows: Vec<Vec<String>> = summary
        .outlets
        .iter()
        .filter_map(|o| {
            Some(
                std::iter::once(o.name.clone())
                    .chain(ratings.of(&o.name)?.iter().cloned())
                    .collect(),
            )
        })
        .collect();
    let title =
        format!("Ratings by {} (given by you, part of no score)", super::line(&ratings.source));
    // Columns have names of the user's, which a table of fixed headings cannot hold: they are its first row.
    let header: Vec<String> =
        std::iter::once("outlet".to_owned()).chain(ratings.columns.iter().cloned()).collect();
    let columns = vec![("", Side::Left); header.len()];
    let table = whole(&columns, &[vec![header], rows].concat(), WIDEST);
    let body: Vec<&str> = table.lines().skip(2).collect();
    format!("{title}\n\n{}\n\n", body.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary() -> Summary {
        let estimate = Estimate {
            count: 2,
            mean: 0.25,
            value: 0.3,
            interval: Some((0.1, 0.5)),
            rank: Some((1, 2)),
            classes: vec![0.5, 0.5, 0.0],
        };
        let mut axes = vec![None; AXES.len()];
        axes[0] = Some(estimate);
        let outlet = |name: &str, axes: Vec<Option<Estimate>>| Outlet {
            name: name.to_owned(),
            articles: 3,
            unscored: 1,
            axes,
        };
        Summary {
            nameless: 4,
            axes: vec![Whole {
                axis: "tone",
                outlets: 1,
                articles: 2,
                mean: 0.4,
                between: None,
                within: Some(0.2),
            }],
            trend: None,
            outlets: vec![outlet("Evil\x1b[2J", axes), outlet("Mute", vec![None; AXES.len()])],
        }
    }

    fn ratings() -> Ratings {
        Ratings::read("Raters\x07 2026", "outlet,score\nmute,7\n".as_bytes()).unwrap()
    }

    #[test]
    fn hostile_names_cannot_steer_the_terminal() {
        let told = text(&summary(), Some(&ratings()));
        let object = String::from_utf8(object(&summary(), Some(&ratings())).unwrap()).unwrap();
        assert!(
            !told.contains(['\x1b', '\x07']) && !object.contains(['\x1b', '\x07']),
            "{told}{object}"
        );
        assert!(
            told.contains("0.10 to 0.50   1-2")
                && told.contains("Ratings by Raters<U+0007> 2026 (given by you, part of no score)"),
            "{told}"
        );
    }

    #[test]
    fn ratings_stand_apart() {
        let value: serde_json::Value =
            serde_json::from_slice(&object(&summary(), Some(&ratings())).unwrap()).unwrap();
        assert_eq!(value["ratings"]["columns"], serde_json::json!(["score"]));
        assert_eq!(
            (&value["outlets"][0]["ratings"], &value["outlets"][1]["ratings"]["score"]),
            (&serde_json::Value::Null, &"7".into())
        );
        let without: serde_json::Value =
            serde_json::from_slice(&object(&summary(), None).unwrap()).unwrap();
        assert_eq!(without["outlets"][0]["axes"], value["outlets"][0]["axes"]);
        assert!(without["outlets"][0].get("ratings").is_none());
    }

    #[test]
    fn rows_are_as_wide_as_the_header() {
        let bytes = csv(&summary(), Some(&ratings()));
        let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
        let header = reader.headers().unwrap().clone();
        let rows: Vec<_> = reader.records().collect::<Result<_, _>>().unwrap();
        let cell = |row: usize, name: &str| {
            rows[row].get(header.iter().position(|h| h == name).unwrap()).unwrap().to_owned()
        };
        assert_eq!(
            [
                cell(0, "tone_value"),
                cell(0, "tone_rank_worst"),
                cell(0, "tone_mixed"),
                cell(0, "rating_score")
            ],
            ["0.3", "2", "0.5", ""]
        );
        assert_eq!(
            [cell(1, "tone_value"), cell(1, "rating_score"), cell(1, "scored")],
            ["", "7", "2"]
        );
    }
}
