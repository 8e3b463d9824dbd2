//! Which article comes next, and why.

use super::agree::{Pairs, said};
use super::desk::Desk;
use super::file::Annotator;
use super::place::judged_axes;
use super::store::LabelError;
use crate::article::Article;
use crate::feature::FeatureVector;
use crate::learn::suggest::{Space, unsure};
use crate::model::root;
use crate::parallel;
use crate::score::{Scored, Scorer};
use serde::Serialize;
use std::collections::BTreeMap;

/// In which order articles come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As they lie on the desk, labelled ones among them.
    #[default]
    All,
    /// As they lie on the desk, those that lack a label of the annotator.
    Unlabelled,
    /// Of the unlabelled, the one of which the models are least sure and that is least like labelled ones.
    Suggested,
    /// Those on which two annotators differ and nobody has decided; for the third only.
    Disputed,
}

/// Every order, with the name that pages use.
pub const ORDERS: &[(Order, &str)] = &[
    (Order::All, "all"),
    (Order::Unlabelled, "unlabelled"),
    (Order::Suggested, "suggested"),
    (Order::Disputed, "disputed"),
];

impl Order {
    /// The order of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        ORDERS.iter().find(|(_, n)| *n == name).map(|(order, _)| *order)
    }
}

/// What the models say of the articles of a desk.
pub struct Guesses {
    /// By article and axis: class probabilities.
    said: Vec<BTreeMap<&'static str, Vec<f64>>>,
    space: Space,
}

impl Guesses {
    /// Scores articles, on every core.
    #[must_use]
    pub fn of(scorer: &Scorer, articles: &[Article]) -> Self {
        let looked = parallel::map(articles, |article| {
            let scored = scorer.score(article);
            (probabilities(&scored), row(&scored.vector))
        });
        let (said, rows) = looked.into_iter().unzip();
        Guesses { said, space: Space::new(rows) }
    }

    /// The most probable class of an article on an axis, by index.
    #[must_use]
    pub fn class(&self, article: usize, axis: &str) -> Option<usize> {
        let p = self.said.get(article)?.get(axis)?;
        (0..p.len()).reduce(|best, k| if p[k] > p[best] { k } else { best })
    }
}

fn probabilities(scored: &Scored<'_>) -> BTreeMap<&'static str, Vec<f64>> {
    let of = |s: &crate::score::Score| (s.axis, s.probabilities.iter().map(|(_, p)| *p).collect());
    scored.scores.iter().map(of).collect()
}

fn row(vector: &FeatureVector) -> Vec<f64> {
    vector.values().iter().map(|v| root(*v)).collect()
}

/// The next article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Next {
    /// Its id.
    pub id: String,
    /// Why it comes next.
    pub reason: String,
}

/// The article that comes next for an annotator after `after`; none where none is left. `guesses` are wanted for
/// [`Order::Suggested`]; without them it is [`Order::Unlabelled`].
///
/// # Errors
/// When a file of labels cannot be read.
pub fn next(
    desk: &Desk,
    who: Annotator,
    order: Order,
    after: Option<&str>,
    guesses: Option<&Guesses>,
) -> Result<Option<Next>, LabelError> {
    let pairs = said(desk)?;
    let lacks = |place: &usize| lacking(desk, &pairs, *place, who);
    let many = desk.articles.len();
    let from = after.and_then(|id| desk.place(id)).map_or(0, |place| place + 1);
    // Once around, the one that is open last.
    let around = (from..many).chain(0..from.min(many));
    let told = |place: usize, reason: String| Next { id: desk.articles[place].id.clone(), reason };
    let open = |place: &usize| -> Vec<&str> {
        let id = desk.articles[*place].id.as_str();
        let axes = judged_axes(id).filter(|a| pairs.get(&(id, a.name)).is_some_and(|p| p.open));
        axes.map(|a| a.name).collect()
    };
    let here = after.and_then(|id| desk.place(id));
    Ok(match order {
        Order::All => around.clone().next().map(|p| told(p, String::new())),
        Order::Unlabelled => unlabelled(around, lacks, told),
        Order::Suggested => match guesses {
            Some(guesses) => suggested(guesses, many, here, lacks, told),
            None => unlabelled(around, lacks, told),
        },
        Order::Disputed if who == Annotator::Third => {
            let found = around.clone().find(|p| !open(p).is_empty());
            found.map(|p| told(p, format!("two differ on {}", open(&p).join(", "))))
        }
        Order::Disputed => None,
    })
}

/// Axes on which an annotator has said nothing of an article.
fn lacking(desk: &Desk, pairs: &Pairs<'_>, place: usize, who: Annotator) -> Vec<&'static str> {
    let id = desk.articles[place].id.as_str();
    let said = |axis: &str| {
        pairs.iter().any(|((i, a), p)| *i == id && *a == axis && !p.of(who).is_empty())
    };
    judged_axes(id).map(|axis| axis.name).filter(|axis| !said(axis)).collect()
}

fn unlabelled(
    mut around: impl Iterator<Item = usize>,
    lacks: impl Fn(&usize) -> Vec<&'static str>,
    told: impl Fn(usize, String) -> Next,
) -> Option<Next> {
    let place = around.find(|place| !lacks(place).is_empty())?;
    Some(told(place, format!("no label for {}", lacks(&place).join(", "))))
}

fn suggested(
    guesses: &Guesses,
    many: usize,
    here: Option<usize>,
    lacks: impl Fn(&usize) -> Vec<&'static str>,
    told: impl Fn(usize, String) -> Next,
) -> Option<Next> {
    let wanted: Vec<(usize, Vec<&str>)> = (0..many)
        .map(|p| (p, lacks(&p)))
        .filter(|(p, axes)| !axes.is_empty() && Some(*p) != here)
        .collect();
    let known: Vec<usize> = (0..many).filter(|p| !wanted.iter().any(|(w, _)| w == p)).collect();
    let mut best: Option<(f64, usize, String)> = None;
    for (place, axes) in &wanted {
        let doubts: Vec<(&str, f64)> = axes
            .iter()
            .filter_map(|axis| Some((*axis, unsure(guesses.said.get(*place)?.get(axis)?))))
            .collect();
        let mean = doubts.iter().map(|(_, d)| d).sum::<f64>() / doubts.len().max(1) as f64;
        let far = guesses.space.to_nearest(*place, &known);
        let score = mean * far;
        if best.as_ref().is_some_and(|(most, ..)| score <= *most) {
            continue;
        }
        let most = doubts.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        // The classes are not told: whoever labels shall not lean on them.
        let reason = match most {
            Some((axis, doubt)) => format!(
                "the models are least sure of its {axis} (doubt {doubt:.2} of 1), and it is {far:.2} from the nearest labelled article (the mean of two articles is 1)"
            ),
            None => "the models say nothing of it".to_owned(),
        };
        best = Some((score, *place, reason));
    }
    best.map(|(_, place, reason)| told(place, reason))
}
