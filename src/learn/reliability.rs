//! What a calibration plot is drawn from: for each probability, how often what it says is true.

use super::metrics::{BINS, calibration_error};

/// Rows whose probability lies in one tenth of 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    /// Where the tenth begins.
    pub from: f64,
    /// Rows in it.
    pub rows: usize,
    /// Mean probability of these rows.
    pub mean: f64,
    /// Share of them that are true.
    pub share: f64,
}

/// One probability on one set.
#[derive(Clone, Debug, PartialEq)]
pub struct Reliability {
    /// Name of the set.
    pub set: String,
    /// What the probability is of.
    pub of: String,
    /// Expected calibration error over the bins.
    pub error: f64,
    /// Tenths that hold rows, in order.
    pub bins: Vec<Bin>,
}

impl Reliability {
    /// Cuts pairs of (probability, it was true) into tenths, as [`calibration_error`] does.
    #[must_use]
    pub fn new(set: &str, of: &str, pairs: &[(f64, bool)]) -> Self {
        let bin = |p: f64| ((p * BINS as f64) as usize).min(BINS - 1);
        let tenth = |which: usize| {
            let inside: Vec<&(f64, bool)> =
                pairs.iter().filter(|(p, _)| bin(*p) == which).collect();
            let rows = inside.len();
            let mean = inside.iter().map(|(p, _)| p).sum::<f64>() / rows as f64;
            let share = inside.iter().filter(|(_, yes)| *yes).count() as f64 / rows as f64;
            (rows > 0).then_some(Bin { from: which as f64 / BINS as f64, rows, mean, share })
        };
        Reliability {
            set: set.to_owned(),
            of: of.to_owned(),
            error: calibration_error(pairs),
            bins: (0..BINS).filter_map(tenth).collect(),
        }
    }
}

/// A row for each tenth of each probability: `set,probability,from,to,n,mean_probability,share_true`.
///
/// # Errors
/// When the rows cannot be written as CSV.
pub fn csv(all: &[Reliability]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "set",
        "probability",
        "from",
        "to",
        "n",
        "mean_probability",
        "share_true",
    ])?;
    for one in all {
        for bin in &one.bins {
            let shown = |v: f64| format!("{v:.4}");
            let tenth = |v: f64| format!("{v:.1}");
            let (from, to) = (tenth(bin.from), tenth(bin.from + 1.0 / BINS as f64));
            writer.write_record([
                &one.set,
                &one.of,
                &from,
                &to,
                &bin.rows.to_string(),
                &shown(bin.mean),
                &shown(bin.share),
            ])?;
        }
    }
    writer.into_inner().map_err(|e| e.into_error().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_by_hand() {
        let pairs =
            [(0.91, true), (0.99, false), (1.0, true), (0.05, false), (0.15, false), (0.15, true)];
        let one = Reliability::new("a set, with a comma", "loaded", &pairs);
        let rows: Vec<(usize, usize)> =
            one.bins.iter().map(|b| ((b.from * 10.0).round() as usize, b.rows)).collect();
        assert_eq!(rows, [(0, 1), (1, 2), (9, 3)]);
        let gap: f64 =
            one.bins.iter().map(|b| b.rows as f64 * (b.mean - b.share).abs()).sum::<f64>()
                / pairs.len() as f64;
        assert!((gap - one.error).abs() < 1e-9, "{gap} {}", one.error);
        let text = String::from_utf8(csv(&[one]).unwrap()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "set,probability,from,to,n,mean_probability,share_true");
        assert_eq!(lines[3], "\"a set, with a comma\",loaded,0.9,1.0,3,0.9667,0.6667");
        assert_eq!(lines.len(), 4);
    }
}
