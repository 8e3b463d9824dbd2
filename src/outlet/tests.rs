use super::*;

/// Articles of outlets, with their values on the first axis.
fn summary(outlets: &[(&str, &[f64])]) -> Summary {
    let mut collector = Collector::default();
    for (name, values) in outlets {
        for value in *values {
            collector.add(&judged(Some(name), Some(*value)));
        }
    }
    collector.summary()
}

fn judged(outlet: Option<&str>, value: Option<f64>) -> Judged {
    let class = |v: f64| (v * 2.999) as usize;
    let mut axes = vec![None; AXES.len()];
    axes[0] = value.map(|v| (v, class(v)));
    Judged { outlet: outlet.map(str::to_owned), day: None, unscored: value.is_none(), axes }
}

fn first(outlet: &Outlet) -> &Estimate {
    outlet.axes[0].as_ref().expect("scored")
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

/// By hand. A: .2 .4, B: .5 .7, C: .8 .8. Means .3 .6 .8, all .56667; squares within .02 + .02 + 0 = .04 over 3 degrees:
/// .013333. Between: 2 (.071111 + .001111 + .054444) / 2 = .126667; typical size (6 - 12/6) / 2 = 2;
/// variance (.126667 - .013333) / 2 = .056667. Trust .056667 / (.056667 + .006667) = 17/19.
#[test]
fn even_outlets_by_hand() {
    let summary = summary(&[("A", &[0.2, 0.4]), ("B", &[0.5, 0.7]), ("C", &[0.8, 0.8])]);
    let whole = &summary.axes[0];
    assert_eq!((whole.axis, whole.outlets, whole.articles), ("tone", 3, 6));
    assert!(close(whole.mean, 1.7 / 3.0));
    assert!(close(whole.within.expect("known").powi(2), 0.04 / 3.0));
    assert!(close(whole.between.expect("known").powi(2), 0.17 / 3.0));
    let a = first(&summary.outlets[0]);
    assert!(close(a.mean, 0.3));
    assert!(close(a.value, 17.0 / 19.0 * 0.3 + 2.0 / 19.0 * 1.7 / 3.0));
    // Variance: trust * own + (1 - trust)² * (between + own) / 3.
    let variance: f64 = 17.0 / 19.0 * (0.02 / 3.0) + (2.0f64 / 19.0).powi(2) * (0.19 / 3.0) / 3.0;
    let (low, high) = a.interval.expect("known");
    assert!(
        close(low, a.value - 1.644_853_626_951_472_2 * variance.sqrt())
            && close(high - a.value, a.value - low)
    );
    assert_eq!(a.classes, [0.5, 0.5, 0.0]);
    // .328 ± .129, .596 ± .129, .775 ± .129: A stands apart, B and C overlap.
    assert_eq!(
        summary.outlets.iter().map(|o| first(o).rank).collect::<Vec<_>>(),
        [Some((3, 3)), Some((1, 2)), Some((1, 2))]
    );
}

/// By hand. A: .1 .3, B: .6 .6 .6 .6. Means .2 .6, all 2.8/6 = .46667; within .02 / 4 = .005. Between:
/// 2 (.26667)² + 4 (.13333)² = .142222 + .071111 = .213333; typical 6 - 20/6 = 2.66667; variance (.213333 - .005) / 2.66667 = .078125.
#[test]
fn uneven_outlets_by_hand() {
    let summary = summary(&[("A", &[0.1, 0.3]), ("B", &[0.6; 4])]);
    let whole = &summary.axes[0];
    assert!(close(whole.within.expect("known").powi(2), 0.005));
    assert!(close(whole.between.expect("known").powi(2), 0.078_125));
    let (a, b): (f64, f64) = (1.0 / 0.080_625, 1.0 / 0.079_375);
    let mean = (a * 0.2 + b * 0.6) / (a + b);
    assert!(close(whole.mean, mean));
    let trust = 0.078_125 / 0.080_625;
    assert!(close(first(&summary.outlets[0]).value, trust * 0.2 + (1.0 - trust) * mean));
    let reach = |at: usize| {
        first(&summary.outlets[at]).interval.map(|(low, high)| high - low).expect("known")
    };
    assert!(reach(0) > reach(1), "fewer articles, wider");
    assert_eq!(first(&summary.outlets[0]).rank, Some((2, 2)));
}

#[test]
fn outlets_that_differ_by_chance_are_one() {
    let summary = summary(&[("A", &[0.1, 0.9]), ("B", &[0.2, 0.8]), ("C", &[0.0, 1.0])]);
    assert_eq!(summary.axes[0].between, Some(0.0));
    for outlet in &summary.outlets {
        assert!(close(first(outlet).value, 0.5));
        assert_eq!(first(outlet).rank, Some((1, 3)));
    }
}

#[test]
fn one_article_each_gives_no_interval_and_no_rank() {
    let summary = summary(&[("A", &[0.1]), ("B", &[0.9])]);
    assert_eq!(summary.axes[0].within, None);
    for (outlet, value) in summary.outlets.iter().zip([0.1, 0.9]) {
        let estimate = first(outlet);
        assert_eq!((estimate.value, estimate.interval, estimate.rank), (value, None, None));
    }
}

/// By hand: values .2 .4, variance .02, of the mean .01; .3 ± 1.64485 * .1.
#[test]
fn a_lone_outlet_keeps_its_mean() {
    let summary = summary(&[("A", &[0.2, 0.4])]);
    let a = first(&summary.outlets[0]);
    let (low, high) = a.interval.expect("known");
    assert!(
        close(a.value, 0.3)
            && close(low, 0.3 - 0.164_485_362_695_147_2)
            && close(high, 0.464_485_362_695_147_22)
    );
    assert_eq!((summary.axes[0].between, a.rank), (None, Some((1, 1))));
}

#[test]
fn articles_all_alike_do_not_divide_by_nothing() {
    let summary = summary(&[("A", &[0.5, 0.5]), ("B", &[0.5, 0.5])]);
    let a = first(&summary.outlets[0]);
    assert_eq!((a.value, a.interval, a.rank), (0.5, Some((0.5, 0.5)), Some((1, 2))));
}

#[test]
fn unscored_and_nameless_articles_are_counted_apart() {
    let mut collector = Collector::default();
    for (outlet, value) in
        [(Some("A"), None), (Some("A"), Some(0.5)), (None, Some(0.1)), (Some("B"), None)]
    {
        collector.add(&judged(outlet, value));
    }
    let summary = collector.summary();
    assert_eq!((summary.nameless, summary.outlets.len()), (1, 2));
    assert_eq!(
        (
            summary.outlets[0].articles,
            summary.outlets[0].unscored,
            first(&summary.outlets[0]).count
        ),
        (2, 1, 1)
    );
    assert!(summary.outlets[1].axes.iter().all(Option::is_none));
    assert_eq!((summary.axes.len(), summary.axes[0].outlets), (1, 1));
}
