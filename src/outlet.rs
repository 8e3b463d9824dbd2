//! Many articles of many outlets: what each outlet's articles have in common, and how sure that is.
//!
//! An outlet's mean is drawn toward the mean of all outlets, the more the fewer articles it rests on (empirical Bayes over
//! a one-way layout with random effects; the variances between and within outlets by the method of moments, as in
//! Searle, Casella and McCulloch, Variance Components, 1992, chapter 3). Memory grows with outlets, not with articles.

mod ratings;
mod trend;

pub use ratings::{Ratings, RatingsError};
pub use trend::{By, Counted, Period, Trend};

use crate::axis::AXES;
use crate::score::Scored;
use crate::story::Date;
use std::collections::BTreeMap;
use trend::Periods;

/// How much of the probability the intervals hold.
pub const LEVEL: f64 = 0.9;
/// Standard deviations to each side that hold [`LEVEL`] of a normal distribution.
const DEVIATIONS: f64 = 1.644_853_626_951_472_2;

/// What counts of one article: who published it, and value and class on each axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    outlet: Option<String>,
    day: Option<jiff::civil::Date>,
    unscored: bool,
    axes: Vec<Option<(f64, usize)>>,
}

impl Judged {
    /// What counts of a scored article.
    #[must_use]
    pub fn of(scored: &Scored<'_>) -> Self {
        let name = scored.article.outlet.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let axes = AXES.iter().map(|axis| {
            let score = scored.scores.iter().find(|s| s.axis == axis.name)?;
            // Where classes stand in no order: how probable the last one is (of genre, opinion).
            let last = score.probabilities.last().map_or(0.0, |(_, p)| *p);
            Some((score.value.unwrap_or(last), axis.class(score.class)?))
        });
        Judged {
            outlet: name.map(str::to_owned),
            day: scored.article.date.as_deref().and_then(Date::parse).map(Date::day),
            unscored: scored.unscored.is_some(),
            axes: axes.collect(),
        }
    }
}

/// Running sums of one outlet on one axis (Welford's: no loss of digits over millions of articles).
#[derive(Clone, Debug, Default)]
struct Sums {
    count: usize,
    mean: f64,
    /// Sum of squared distances from the mean.
    squares: f64,
    classes: Vec<usize>,
}

impl Sums {
    fn add(&mut self, value: f64, class: usize) {
        self.count += 1;
        let distance = value - self.mean;
        self.mean += distance / self.count as f64;
        self.squares += distance * (value - self.mean);
        if self.classes.len() <= class {
            self.classes.resize(class + 1, 0);
        }
        self.classes[class] += 1;
    }
}

#[derive(Clone, Debug, Default)]
struct Running {
    articles: usize,
    unscored: usize,
    axes: Vec<Sums>,
}

impl Running {
    fn add(&mut self, judged: &Judged) {
        self.axes.resize_with(AXES.len(), Sums::default);
        self.articles += 1;
        self.unscored += usize::from(judged.unscored);
        for (sums, axis) in self.axes.iter_mut().zip(&judged.axes) {
            if let Some((value, class)) = axis {
                sums.add(*value, *class);
            }
        }
    }
}

/// Collects articles by outlet.
#[derive(Clone, Debug, Default)]
pub struct Collector {
    outlets: BTreeMap<String, Running>,
    nameless: usize,
    periods: Option<Periods>,
}

/// An axis over all outlets.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    /// Name of the axis.
    pub axis: &'static str,
    /// Outlets with a scored article.
    pub outlets: usize,
    /// Articles scored.
    pub articles: usize,
    /// Mean of the outlets, toward which each is drawn; outlets that are known better weigh more.
    pub mean: f64,
    /// Standard deviation between outlets; `None` with fewer than two.
    pub between: Option<f64>,
    /// Standard deviation between articles of one outlet; `None` when every outlet has one article only.
    pub within: Option<f64>,
}

/// An outlet on one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Articles scored.
    pub count: usize,
    /// Their plain mean.
    pub mean: f64,
    /// The mean drawn toward that of all outlets.
    pub value: f64,
    /// Lower and upper end of the interval that holds the outlet's true mean with a probability of [`LEVEL`], the
    /// variances taken as known; `None` when the articles do not tell how much they vary.
    pub interval: Option<(f64, f64)>,
    /// Best and worst place from the highest value, 1; both the same only where no interval of another outlet overlaps.
    pub rank: Option<(usize, usize)>,
    /// Share of the articles in each class, in the axis's order.
    pub classes: Vec<f64>,
}

/// One outlet.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlet {
    /// Its name, as the articles give it.
    pub name: String,
    /// All articles.
    pub articles: usize,
    /// Those too short to score, or in another language.
    pub unscored: usize,
    /// One for each axis, in the order of [`AXES`]; `None` without a scored article.
    pub axes: Vec<Option<Estimate>>,
}

/// All outlets, by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Articles that name no outlet: they count nowhere.
    pub nameless: usize,
    /// One for each axis that has scores.
    pub axes: Vec<Whole>,
    /// By name.
    pub outlets: Vec<Outlet>,
    /// Weeks or months, where they were asked for.
    pub trend: Option<Trend>,
}

impl Collector {
    /// One that also tells how the articles change over weeks or months.
    #[must_use]
    pub fn by(by: Option<By>) -> Self {
        Collector { periods: by.map(Periods::new), ..Collector::default() }
    }

    /// Counts an article.
    pub fn add(&mut self, judged: &Judged) {
        let Some(name) = &judged.outlet else {
            self.nameless += 1;
            return;
        };
        self.outlets.entry(name.clone()).or_default().add(judged);
        if let Some(periods) = &mut self.periods {
            periods.add(name, judged);
        }
    }

    /// What the articles say of the outlets.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let blank = |(name, running): (&String, &Running)| Outlet {
            name: name.clone(),
            articles: running.articles,
            unscored: running.unscored,
            axes: vec![None; AXES.len()],
        };
        let mut outlets: Vec<Outlet> = self.outlets.iter().map(blank).collect();
        let mut axes = Vec::new();
        for (index, axis) in AXES.iter().enumerate() {
            let all: Vec<&Sums> =
                self.outlets.values().map(|running| &running.axes[index]).collect();
            let scored: Vec<usize> = (0..all.len()).filter(|&at| all[at].count > 0).collect();
            if scored.is_empty() {
                continue;
            }
            let sums: Vec<&Sums> = scored.iter().map(|&at| all[at]).collect();
            let layout = Layout::of(&sums);
            axes.push(Whole {
                axis: axis.name,
                outlets: sums.len(),
                articles: sums.iter().map(|s| s.count).sum(),
                mean: layout.mean,
                between: layout.between.map(f64::sqrt),
                within: layout.within.map(f64::sqrt),
            });
            let mut estimates: Vec<Estimate> =
                sums.iter().map(|s| layout.estimate(s, axis.classes.len())).collect();
            rank(&mut estimates);
            for (at, estimate) in scored.into_iter().zip(estimates) {
                outlets[at].axes[index] = Some(estimate);
            }
        }
        let trend = self.periods.as_ref().map(Periods::trend);
        Summary { nameless: self.nameless, axes, outlets, trend }
    }
}

/// Mean and variances of one axis over outlets.
struct Layout {
    mean: f64,
    /// Variance of the mean.
    doubt: f64,
    between: Option<f64>,
    within: Option<f64>,
}

impl Layout {
    fn of(sums: &[&Sums]) -> Self {
        let groups = sums.len() as f64;
        let count = |s: &Sums| s.count as f64;
        let total: f64 = sums.iter().map(|s| count(s)).sum();
        let plain = sums.iter().map(|s| count(s) * s.mean).sum::<f64>() / total;
        let within = (total > groups)
            .then(|| sums.iter().map(|s| s.squares).sum::<f64>() / (total - groups));
        if sums.len() < 2 {
            // Nothing to be drawn toward: the outlet's own mean is the mean of all.
            return Layout {
                mean: plain,
                doubt: within.map_or(0.0, |w| w / total),
                between: None,
                within,
            };
        }
        let spread: f64 =
            sums.iter().map(|s| count(s) * (s.mean - plain).powi(2)).sum::<f64>() / (groups - 1.0);
        let typical =
            (total - sums.iter().map(|s| count(s).powi(2)).sum::<f64>() / total) / (groups - 1.0);
        let between = ((spread - within.unwrap_or(0.0)) / typical).max(0.0);
        let variance = |s: &Sums| between + within.unwrap_or(0.0) / count(s);
        if sums.iter().any(|s| variance(s) <= 0.0) {
            return Layout { mean: plain, doubt: 0.0, between: Some(between), within };
        }
        let weight: f64 = sums.iter().map(|s| 1.0 / variance(s)).sum();
        let mean = sums.iter().map(|s| s.mean / variance(s)).sum::<f64>() / weight;
        Layout { mean, doubt: 1.0 / weight, between: Some(between), within }
    }

    fn estimate(&self, sums: &Sums, classes: usize) -> Estimate {
        let own = self.within.map(|within| within / sums.count as f64);
        let (value, variance) = match (self.between, own) {
            // How far the outlet's own mean is trusted.
            (Some(between), Some(own)) => {
                let trust = if between + own > 0.0 { between / (between + own) } else { 0.0 };
                (
                    trust * sums.mean + (1.0 - trust) * self.mean,
                    Some(trust * own + (1.0 - trust).powi(2) * self.doubt),
                )
            }
            (_, own) => (sums.mean, own),
        };
        let share =
            |class: usize| sums.classes.get(class).copied().unwrap_or(0) as f64 / sums.count as f64;
        let reach = variance.map(|variance| DEVIATIONS * variance.max(0.0).sqrt());
        Estimate {
            count: sums.count,
            mean: sums.mean,
            value,
            // The values of all axes lie between 0 and 1.
            interval: reach.map(|reach| ((value - reach).max(0.0), (value + reach).min(1.0))),
            rank: None,
            classes: (0..classes).map(share).collect(),
        }
    }
}

/// An outlet stands above another when its whole interval does.
fn rank(estimates: &mut [Estimate]) {
    let Some(intervals) = estimates.iter().map(|e| e.interval).collect::<Option<Vec<_>>>() else {
        return;
    };
    let sorted = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values
    };
    let lows = sorted(intervals.iter().map(|i| i.0).collect());
    let highs = sorted(intervals.iter().map(|i| i.1).collect());
    for (estimate, (low, high)) in estimates.iter_mut().zip(&intervals) {
        let above = lows.len() - lows.partition_point(|other| other <= high);
        let below = highs.partition_point(|other| other < low);
        estimate.rank = Some((above + 1, intervals.len() - below));
    }
}

#[cfg(test)]
mod tests;
