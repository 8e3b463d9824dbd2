//! Learning curves: how good a model becomes with the articles that are labelled first by one order or another.

use super::design::{Design, columns, row};
use super::error::LearnError;
use super::folds;
use super::interval::{Draws, RESAMPLES};
use super::labelled::{Labelled, Part};
use super::material::{empty, lift_rare};
use super::metrics::{macro_f1, mean};
use super::parallel;
use super::recipe::{Recipe, candidates};
use super::suggest::{Space, WAYS, Way, choose, rarity, unsure};
use crate::axis::Axis;
use crate::model::{ModelSet, softmax};
use crate::score::{Options, Scorer};
use crate::table::{Table, interval, number};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What curves are drawn of.
#[derive(Clone, Debug)]
pub struct CurveOptions {
    /// Axes that readers judge.
    pub axes: Vec<&'static Axis>,
    /// Folder of the labels.
    pub labels: PathBuf,
    /// Folder of the texts.
    pub data: PathBuf,
    /// Different random beginnings.
    pub seeds: u64,
    /// Articles that are labelled before the model is fitted again.
    pub batch: usize,
    /// Judge on outlets held out of the articles to fit on, to choose a way by, and not on the parts that nothing is chosen by.
    pub within_fit: bool,
}

/// Rows of an axis with the groups of their outlets.
struct Rows {
    design: Design,
    space: Space,
}

fn rows(axis: &Axis, labelled: &Labelled) -> Rows {
    let columns = columns(axis);
    let mut design = empty(axis, &columns);
    let mut keys = Vec::new();
    for label in labelled.labels.of(axis) {
        design.x.push(row(&columns, &labelled.measured[label.article].vector));
        design.labels.push(label.label);
        design.weights.push(1.0);
        design.real.push(true);
        keys.push(super::material::outlet(&labelled.corpus.articles[label.article]));
    }
    design.groups = folds::groups(&keys);
    let space = Space::new(design.x.clone());
    Rows { design, space }
}

/// What a model said of the rows to judge on, after each batch.
type Said = Vec<Vec<usize>>;

/// Class probabilities of rows by a fit on some; none where these cannot be fitted (one class only).
fn fit<'d>(
    recipe: Recipe,
    design: &'d Design,
    known: &[usize],
) -> Option<impl Fn(&Design, usize) -> Vec<f64> + 'd> {
    let mut part = design.select(known);
    lift_rare(&mut part);
    // A class that no row has would weigh infinitely much.
    part.weights.iter_mut().filter(|w| !w.is_finite()).for_each(|w| *w = 1.0);
    let fit = recipe.fit(&part).ok()?;
    Some(move |of: &Design, place: usize| softmax(&fit.logits(of, place), 1.0))
}

/// Labels the pool in an order, and tells what the models on the way say of the judged rows.
fn walk(
    recipe: Recipe,
    rows: &Rows,
    judged: &Design,
    order: &[usize],
    way: Way,
    batch: usize,
) -> Said {
    let mut known: Vec<usize> = order[..batch.min(order.len())].to_vec();
    let mut said = Vec::new();
    loop {
        let fitted = fit(recipe, &rows.design, &known);
        let class = |place| match &fitted {
            Some(fit) => super::cross::most_probable(&fit(judged, place)),
            None => rows.design.labels[known[0]],
        };
        said.push((0..judged.x.len()).map(class).collect());
        if known.len() >= order.len() {
            return said;
        }
        let pool: Vec<usize> = order.iter().copied().filter(|p| !known.contains(p)).collect();
        let mut labelled = vec![0; rows.design.classes];
        known.iter().for_each(|&place| labelled[rows.design.labels[place]] += 1);
        let look = |place: usize| {
            let told = |p: Vec<f64>| (unsure(&p), rarity(&p, &labelled));
            fitted.as_ref().map_or((1.0, 1.0), |f| told(f(&rows.design, place)))
        };
        let looks: BTreeMap<usize, (f64, f64)> = pool.iter().map(|&p| (p, look(p))).collect();
        known.extend(choose(&rows.space, way, &pool, &known, |p| looks[&p], batch));
    }
}

/// All walks of a seed, by way, and the rows that they are judged on.
struct Seed {
    said: Vec<Said>,
    truth: Vec<usize>,
    groups: Vec<usize>,
    classes: usize,
    sizes: Vec<usize>,
}

impl Seed {
    /// Macro-F1 of a way after each batch, over some of the judged rows.
    fn curve(&self, way: usize, places: &[usize]) -> Vec<f64> {
        let pick = |v: &[usize]| places.iter().map(|&p| v[p]).collect::<Vec<_>>();
        let truth = pick(&self.truth);
        self.said[way].iter().map(|said| macro_f1(&truth, &pick(said), self.classes)).collect()
    }

    /// Rows of groups that were drawn.
    fn drawn(&self, draws: &mut Draws) -> Vec<usize> {
        let many = folds::count(&self.groups);
        let mut members = vec![Vec::new(); many];
        self.groups.iter().enumerate().for_each(|(row, &group)| members[group].push(row));
        (0..many).flat_map(|_| members[draws.below(many)].clone()).collect()
    }
}

/// Draws learning curves, a table each axis.
///
/// # Errors
/// When labels or texts cannot be read, or there are none.
pub fn curves(
    options: &CurveOptions,
    progress: &mut dyn FnMut(&str),
) -> Result<Vec<Table>, LearnError> {
    let scorer = Scorer::new(ModelSet::builtin_spans()?, Options::default())?;
    let read = |parts: &[Part]| -> Result<Labelled, LearnError> {
        let found = Labelled::read(&options.labels, &options.data, &scorer, parts)?;
        found.ok_or_else(|| LearnError::Axis {
            axis: "curves".to_owned(),
            message: "no labelled article is in the folder that --data names".to_owned(),
        })
    };
    progress("reading articles");
    let pool = read(&[Part::Fit])?;
    let frozen = if options.within_fit { None } else { Some(read(&[Part::Frozen, Part::Bbc])?) };
    let mut tables = Vec::new();
    for axis in &options.axes {
        progress(&format!("{}: {} seeds", axis.name, options.seeds));
        let recipes = candidates(axis);
        let recipe = recipes[recipes.len() / 2];
        let all = rows(axis, &pool);
        let others = frozen.as_ref().map(|f| rows(axis, f).design);
        let seeds: Vec<u64> = (1..=options.seeds).collect();
        let walks = parallel::map(&seeds, |seed| {
            walks(recipe, &all, others.as_ref(), options.batch, *seed)
        });
        tables.push(table(axis, &walks, options));
    }
    Ok(tables)
}

fn walks(recipe: Recipe, all: &Rows, others: Option<&Design>, batch: usize, seed: u64) -> Seed {
    let many = all.design.x.len();
    let half = folds::folds(&all.design.groups, 2, seed);
    let inside = |place: &usize| others.is_some() || half[*place] == 0;
    let order: Vec<usize> = Draws::new(seed).order(many).into_iter().filter(inside).collect();
    let held: Vec<usize> = (0..many).filter(|place| !inside(place)).collect();
    let judged = others.cloned().unwrap_or_else(|| all.design.select(&held));
    let said =
        WAYS.iter().map(|(way, _)| walk(recipe, all, &judged, &order, *way, batch)).collect();
    let batches = order.len().div_ceil(batch);
    Seed {
        said,
        sizes: (1..=batches).map(|n| (n * batch).min(order.len())).collect(),
        truth: judged.labels,
        groups: judged.groups,
        classes: all.design.classes,
    }
}

/// A row a way: macro-F1 after each batch, the mean over batches, and how far it lies above random order.
fn table(axis: &Axis, seeds: &[Seed], options: &CurveOptions) -> Table {
    let batches = seeds.iter().map(|s| s.sizes.len()).min().unwrap_or(0);
    let sizes = seeds.first().map_or(Vec::new(), |s| s.sizes[..batches].to_vec());
    // At the end of the pool all orders are the same.
    let counted = batches.saturating_sub(1).max(1);
    let header: Vec<String> = ["order".to_owned()]
        .into_iter()
        .chain(sizes.iter().map(|n| format!("{n}")))
        .chain(["mean", "above random", "interval"].map(str::to_owned))
        .collect();
    let judged = if options.within_fit { "outlets of fit held out" } else { "frozen + bbc" };
    let title = format!(
        "Learning curve, {}: macro-F1 on {judged} by number of labelled articles, mean of {} seeds",
        axis.name,
        seeds.len()
    );
    let mut table = Table::new(&title, &header.iter().map(String::as_str).collect::<Vec<_>>());
    let every = |seed: &Seed| (0..seed.truth.len()).collect::<Vec<_>>();
    let area = |curve: &[f64]| mean(&curve[..counted.min(curve.len())]);
    let curves: Vec<Vec<Vec<f64>>> = (0..WAYS.len())
        .map(|way| seeds.iter().map(|s| s.curve(way, &every(s))).collect())
        .collect();
    // Seeds and outlets are drawn anew, for all ways the same.
    let resamples: Vec<u64> = (0..RESAMPLES as u64).collect();
    let drawn: Vec<Vec<f64>> = parallel::map(&resamples, |n| {
        let mut draws = Draws::new(*n + 1);
        let mut sums = vec![0.0; WAYS.len()];
        for _ in 0..seeds.len() {
            let seed = &seeds[draws.below(seeds.len())];
            let places = seed.drawn(&mut draws);
            for (way, sum) in sums.iter_mut().enumerate() {
                *sum += area(&seed.curve(way, &places)) / seeds.len() as f64;
            }
        }
        sums
    });
    for (way, (_, name)) in WAYS.iter().enumerate() {
        let at = |batch: usize| mean(&curves[way].iter().map(|c| c[batch]).collect::<Vec<_>>());
        let areas = |way: usize| mean(&curves[way].iter().map(|c| area(c)).collect::<Vec<_>>());
        let mut cells = vec![(*name).to_owned()];
        cells.extend((0..batches).map(|batch| number(at(batch))));
        cells.push(number(areas(way)));
        if way == 0 {
            cells.extend([String::new(), String::new()]);
        } else {
            let mut above: Vec<f64> = drawn.iter().map(|sums| sums[way] - sums[0]).collect();
            above.sort_by(f64::total_cmp);
            let ends = (above[RESAMPLES * 50 / 1000], above[RESAMPLES * 950 / 1000 - 1]);
            cells.push(number(areas(way) - areas(0)));
            cells.push(interval(ends));
        }
        table.row(cells);
    }
    table.notes.push(format!(
        "Every order begins with the same {} articles. Mean and interval (90 %, seeds and outlets drawn anew) leave out the last column, where all is labelled.",
        options.batch
    ));
    table
}
