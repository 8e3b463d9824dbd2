//! How articles change over weeks or months.

use super::{Judged, Running, Sums};
use crate::axis::AXES;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A week from Monday on, as ISO 8601 counts them: `2026-W09`.
    Week,
    /// A calendar month: `2026-03`.
    Month,
}

impl By {
    /// The name that outputs use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            By::Week => "week",
            By::Month => "month",
        }
    }

    /// The period that a day is in; periods in the order of their names are in the order of time.
    fn period(self, day: Date) -> String {
        match self {
            By::Week => {
                let week = day.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            By::Month => format!("{:04}-{:02}", day.year(), day.month()),
        }
    }
}

/// Articles of a period, of all outlets or of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// All articles.
    pub articles: usize,
    /// Those without scores.
    pub unscored: usize,
    /// One for each axis, in the order of [`AXES`]: articles scored, and their plain mean; `None` without any.
    pub axes: Vec<Option<(usize, f64)>>,
}

/// A period.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// `2026-W09` or `2026-03`.
    pub name: String,
    /// All articles that name an outlet.
    pub all: Counted,
    /// By outlet, in the order of names.
    pub outlets: Vec<(String, Counted)>,
}

/// All periods in which there are articles, in order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// How long a period is.
    pub by: By,
    /// Articles whose date is not known: they count in no period.
    pub undated: usize,
    /// In order of time.
    pub periods: Vec<Period>,
}

/// Collects articles by period and outlet.
#[derive(Clone, Debug)]
pub(super) struct Periods {
    by: By,
    undated: usize,
    running: BTreeMap<String, BTreeMap<String, Running>>,
}

impl Periods {
    pub(super) fn new(by: By) -> Self {
        Periods { by, undated: 0, running: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, outlet: &str, judged: &Judged) {
        let Some(day) = judged.day else {
            self.undated += 1;
            return;
        };
        let outlets = self.running.entry(self.by.period(day)).or_default();
        outlets.entry(outlet.to_owned()).or_default().add(judged);
    }

    pub(super) fn trend(&self) -> Trend {
        let periods = self.running.iter().map(|(name, outlets)| Period {
            name: name.clone(),
            all: counted(outlets.values()),
            outlets: outlets
                .iter()
                .map(|(outlet, one)| (outlet.clone(), counted(std::iter::once(one))))
                .collect(),
        });
        Trend { by: self.by, undated: self.undated, periods: periods.collect() }
    }
}

fn counted<'a>(all: impl Iterator<Item = &'a Running> + Clone) -> Counted {
    let axis = |at: usize| {
        let sums = || all.clone().filter_map(|r| r.axes.get(at));
        let count: usize = sums().map(|s: &Sums| s.count).sum();
        let total: f64 = sums().map(|s| s.count as f64 * s.mean).sum();
        (count > 0).then(|| (count, total / count as f64))
    };
    Counted {
        articles: all.clone().map(|r| r.articles).sum(),
        unscored: all.clone().map(|r| r.unscored).sum(),
        axes: (0..AXES.len()).map(axis).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outlet::Collector;

    #[test]
    fn periods_are_told_by_the_calendar() {
        let day = |y, m, d| jiff::civil::date(y, m, d);
        // The first of January 2027 is a Friday: it still belongs to the last week of 2026.
        assert_eq!(By::Week.period(day(2027, 1, 1)), "2026-W53");
        assert_eq!(By::Month.period(day(2027, 1, 1)), "2027-01");
    }

    #[test]
    fn a_period_has_the_mean_of_its_articles() {
        let mut collector = Collector::by(Some(By::Month));
        for (outlet, day, value) in
            [("A", 1, 0.2), ("A", 2, 0.4), ("B", 3, 0.9), ("B", 40, 0.5), ("B", 0, 0.1)]
        {
            let mut axes = vec![None; AXES.len()];
            axes[0] = Some((value, 0));
            collector.add(&Judged {
                outlet: Some(outlet.to_owned()),
                day: (day > 0).then(|| {
                    let days = jiff::Span::new().days(day - 1);
                    jiff::civil::date(2026, 3, 1).checked_add(days).unwrap()
                }),
                unscored: false,
                axes,
            });
        }
        let trend = collector.summary().trend.unwrap();
        assert_eq!(trend.undated, 1);
        let names: Vec<&str> = trend.periods.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["2026-03", "2026-04"]);
        let (count, mean) = trend.periods[0].all.axes[0].unwrap();
        assert!(count == 3 && (mean - 0.5).abs() < 1e-12, "{mean}");
        assert_eq!(trend.periods[0].outlets[1].0, "B");
    }
}
