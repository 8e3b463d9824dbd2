//! Charts with axes: a scatter plot whose points are named, and a time line.

use super::chart::tenth;

/// Width and height of the scatter plot's field.
const FIELD: (f64, f64) = (880.0, 420.0);
/// Size of a letter of a name, and of a line of them.
const LETTER: (f64, f64) = (7.2, 15.0);
/// Letters of a name that are drawn.
const NAME: usize = 24;

/// A point with its name.
pub(super) struct Dot {
    pub(super) x: f64,
    pub(super) y: f64,
    /// All that is said of it.
    pub(super) told: String,
    /// Its name and where it stands, where there was room.
    pub(super) label: Option<(f64, f64, String)>,
}

fn short(name: &str) -> String {
    let name = super::attribute(name);
    match name.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name,
    }
}

/// Points with values from 0 to 1. Each gets its name right, left, above or below of it, where no other name or point is.
pub(super) fn scatter(points: Vec<(f64, f64, &str, &str)>) -> Vec<Dot> {
    let place = |x: f64, y: f64| (tenth(x * FIELD.0), tenth((1.0 - y) * FIELD.1));
    // Left, top, right, bottom of what is drawn.
    let mut taken: Vec<[f64; 4]> = points
        .iter()
        .map(|p| {
            let (x, y) = place(p.0, p.1);
            [x - 6.0, y - 6.0, x + 6.0, y + 6.0]
        })
        .collect();
    let mut dots = Vec::with_capacity(points.len());
    for (at, (px, py, outlet, id)) in points.into_iter().enumerate() {
        let (x, y) = place(px, py);
        let name = short(outlet);
        let width = name.chars().count() as f64 * LETTER.0;
        let free = [
            (x + 9.0, y + 5.0),
            (x - 9.0 - width, y + 5.0),
            (x - width / 2.0, y - 9.0),
            (x - width / 2.0, y + 20.0),
        ];
        let label = free.into_iter().find(|(left, base)| {
            let own = [*left, base - LETTER.1 + 3.0, left + width, base + 3.0];
            let clear = |(other, t): (usize, &[f64; 4])| {
                other == at || own[2] <= t[0] || t[2] <= own[0] || own[3] <= t[1] || t[3] <= own[1]
            };
            own[0] >= 0.0
                && own[2] <= FIELD.0
                && own[1] >= -20.0
                && taken.iter().enumerate().all(clear)
        });
        let label = label.map(|(left, base)| {
            taken.push([left, base - LETTER.1 + 3.0, left + width, base + 3.0]);
            (tenth(left), tenth(base), name)
        });
        let told = format!(
            "{}, {}: tone {py:.2}, attribution {px:.2}",
            super::attribute(outlet),
            super::attribute(id)
        );
        dots.push(Dot { x, y, told, label });
    }
    dots
}

/// A row of the time line.
pub(super) struct Line {
    pub(super) name: String,
    /// Place from left in thousandths, and who had it on which day.
    pub(super) marks: Vec<(f64, String)>,
    /// The dates tell who was first.
    pub(super) dated: bool,
}

/// A shared statement: its words, whether dates tell who had it first, and the days on which publishers had it.
pub(super) type Dated<'a> = (&'a str, bool, Vec<(jiff::civil::Date, &'a str)>);

/// Rows over one stretch of days; none where all dates are the same.
pub(super) fn timeline(rows: Vec<Dated<'_>>) -> Vec<Line> {
    let days = || rows.iter().flat_map(|(_, _, days)| days.iter().map(|(day, _)| *day));
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return Vec::new() };
    let since =
        |day: jiff::civil::Date| first.until(day).map_or(0.0, |span| f64::from(span.get_days()));
    let whole = since(last);
    if whole == 0.0 {
        return Vec::new();
    }
    let rows = rows.into_iter().filter(|(_, _, days)| !days.is_empty());
    let line = |(name, dated, days): Dated<'_>| {
        let mark = |(day, outlet): (jiff::civil::Date, &str)| {
            let place = tenth(10.0 + 980.0 * since(day) / whole);
            (place, format!("{}, {day}", super::attribute(outlet)))
        };
        Line { name: name.to_owned(), marks: days.into_iter().map(mark).collect(), dated }
    };
    rows.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_cover_one_another() {
        let dots = scatter(vec![
            (0.5, 0.5, "Coast Daily", "a"),
            (0.5, 0.5, "The Marr Post", "b"),
            (0.51, 0.5, "Rivertown", "c"),
        ]);
        let labels: Vec<_> = dots.iter().filter_map(|d| d.label.as_ref()).collect();
        for (at, a) in labels.iter().enumerate() {
            for b in &labels[at + 1..] {
                let apart = (a.1 - b.1).abs() >= 15.0
                    || a.0 + a.2.len() as f64 * 7.2 <= b.0
                    || b.0 + b.2.len() as f64 * 7.2 <= a.0;
                assert!(apart, "{a:?} {b:?}");
            }
        }
        assert_eq!(dots[0].told, "Coast Daily, a: tone 0.50, attribution 0.50");
    }

    #[test]
    fn days_are_laid_out_from_first_to_last() {
        let day = |d| jiff::civil::date(2026, 5, d);
        let lines = timeline(vec![("x", true, vec![(day(1), "A"), (day(3), "B"), (day(5), "C")])]);
        let places: Vec<f64> = lines[0].marks.iter().map(|m| m.0).collect();
        assert_eq!(places, [10.0, 500.0, 990.0]);
        assert!(timeline(vec![("x", true, vec![(day(1), "A"), (day(1), "B")])]).is_empty());
    }
}
