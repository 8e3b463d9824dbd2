//! A planted signal is found, noise is not, and the own corpus teaches features and no words.

use super::*;
use crate::learn::interval::Draws;

static PLAN: Plan = Plan {
    axis: "tone",
    reference: reference::hyperpartisan,
    wording: "wording.sides",
    column: 0,
    families: &[("tone", 1.0)],
    alpha: 1.0,
    own: 1.0,
};

/// 120 real rows of 30 outlets with ten words each out of 40, and 40 own rows. Word 0 and feature 0 tell when `planted`.
fn material(planted: bool) -> Material {
    let mut draws = Draws::new(7);
    let mut draw = |bound: usize| draws.below(bound);
    let width = PLAN.columns().len();
    let mut rows = Vec::new();
    for index in 0..160 {
        let own = index >= 120;
        let target = (index % 2) as f64;
        let mut words: Vec<u32> = (0..9).map(|_| 1 + draw(39) as u32).collect();
        words.extend((planted && target > 0.5).then_some(0));
        words.sort_unstable();
        words.dedup();
        let words = if own { Vec::new() } else { words.iter().map(|w| (*w, 0.3)).collect() };
        let mut roots: Vec<f64> = (0..width).map(|_| draw(1000) as f64 / 500.0 - 1.0).collect();
        if planted {
            roots[0] += target;
        }
        rows.push(Row { words, roots, target, weight: 1.0, own });
    }
    Material { plan: &PLAN, rows, groups: (0..160).map(|i| i / 4).collect(), words: 40 }
}

#[test]
fn a_planted_signal_is_found_and_noise_is_not() {
    let told = |planted| {
        let material = material(planted);
        figures(&material, &HeldOut::of(&material, 1))["value_auc_real_articles"]
    };
    assert!(told(true) > 0.9, "{}", told(true));
    assert!((0.3..0.7).contains(&told(false)), "{}", told(false));
}

#[test]
fn words_rest_on_real_articles_alone() {
    let material = material(true);
    let all: Vec<usize> = (0..material.rows.len()).collect();
    let real: Vec<usize> = (0..120).collect();
    assert_eq!(Fit::of(&material, &all).words, Fit::of(&material, &real).words);
    assert!(Fit::of(&material, &all).words[0] > 0.1);
}

#[test]
fn a_fold_holds_whole_groups_of_both_kinds() {
    let material = material(false);
    let folds = material.folds(10, 3);
    for (a, b) in (0..160).flat_map(|a| (0..160).map(move |b| (a, b))) {
        assert!(material.groups[a] != material.groups[b] || folds[a] == folds[b]);
    }
    assert!((0..10).all(|k| folds[..120].contains(&k) && folds[120..].contains(&k)));
}

#[test]
fn the_file_scores_as_the_fit_does() {
    let material = material(true);
    let held = HeldOut::of(&material, 1);
    let (file, words) = decide(&material, &held);
    let fit = Fit::of(&material, &(0..160).collect::<Vec<_>>());
    let curve = held.curve(&material);
    let row = &material.rows[0];
    let wording: f64 = row.words.iter().map(|(c, a)| words[*c as usize] * f64::from(*a)).sum();
    let features: f64 =
        scaled(&row.roots, &file.mean, &file.scale).zip(&file.weights).map(|(z, w)| z * w).sum();
    let logit = file.bias + file.wording_weight * wording + features;
    assert!((1.0 / (1.0 + (-logit).exp()) - curve.at(fit.score(row))).abs() < 1e-9);
    assert!(file.usual > 0.5 && file.usual < 10.0);
}
