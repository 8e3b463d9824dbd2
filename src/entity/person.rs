//! Whether two articles name the same speaker.

use strsim::jaro_winkler;

/// Least likeness of two last names that differ by spelling ("Halenko", "Halenkov").
const LAST: f64 = 0.9;
/// Least likeness of first names ("Sofia", "Sophia").
const FIRST: f64 = 0.7;

/// True when two names can be one person's: last names are spelt alike, and first names, where both have one, do not
/// differ; an initial stands for any name that begins with it.
/// Of several joined by "; ", one in each is enough.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.split("; ").any(|a| b.split("; ").any(|b| same_one(a, b)))
}

fn same_one(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    // "Ana" for Ana Dorn, as of people whom everybody knows.
    if let ([one], [first, _, ..]) | ([first, _, ..], [one]) = (&a[..], &b[..])
        && one == first
    {
        return true;
    }
    let (Some((last_a, first_a)), Some((last_b, first_b))) = (a.split_last(), b.split_last())
    else {
        return false;
    };
    if !alike(last_a, last_b, LAST) {
        return false;
    }
    let (Some(x), Some(y)) = (first_a.first(), first_b.first()) else { return true };
    initial(x, y) || initial(y, x) || alike(x, y, FIRST)
}

/// The same word, or a long one that is nearly so.
fn alike(a: &str, b: &str, least: f64) -> bool {
    a == b || (a.len().min(b.len()) >= 5 && jaro_winkler(a, b) >= least)
}

fn initial(short: &str, long: &str) -> bool {
    short.chars().count() == 1 && long.starts_with(short)
}

fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let own = lower.trim_end_matches("'s").trim_end_matches("’s");
    let words = own
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|w| !w.is_empty() && *w != "the");
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn spellings_and_short_forms_of_one_person() {
        for (a, b) in [
            ("Valeri Zalunskiy", "Valery Zalunsky"),
            ("Zalunsky", "Valery Zalunsky"),
            ("J. Dorn", "Jana Dorn"),
            ("the Kremlin", "Kremlin"),
            ("Ana", "Ana Dorn"),
            ("Ivo Marr; Ana Dorn", "Dorn"),
        ] {
            assert!(same(a, b) && same(b, a), "{a} / {b}");
        }
        for (a, b) in
            [("Ana Dorn", "Ivo Dorn"), ("Dorn", "Dern"), ("", "Dorn"), ("Ana Marr", "Ana Dorn")]
        {
            assert!(!same(a, b) && !same(b, a), "{a} / {b}");
        }
    }
}
