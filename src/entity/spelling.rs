//! Spellings of one name, as translations and scrapes have them.

use super::thread::Thread;
use super::words::Sort;
use crate::text::{Case, is_common};

/// Spellings of one name: "Zalunsky" and "Zalunskiy", "Katherine" and "Catherine".
pub(crate) fn near(a: &str, b: &str) -> bool {
    let (mut a, mut b): (Vec<&str>, Vec<&str>) =
        (a.split_whitespace().collect(), b.split_whitespace().collect());
    if a.len() == 1 || b.len() == 1 {
        a.drain(..a.len() - 1);
        b.drain(..b.len() - 1);
    }
    a.len() == b.len()
        && a.iter().zip(&b).all(|(x, y)| {
            x == y
                || (x.len().min(y.len()) >= 5
                    && distance(x, y) <= 1 + usize::from(x.len().min(y.len()) >= 8))
                || initial(x, y)
                || initial(y, x)
        })
}

/// "J." and "John".
fn initial(short: &str, long: &str) -> bool {
    let letter = short.trim_end_matches('.');
    letter.chars().count() == 1 && long.starts_with(letter)
}

/// Edits between two words, of which the first letters must agree; large for long words.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.first() != b.first() || a.len().abs_diff(b.len()) > 2 || a.len() > 24 || b.len() > 24 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

/// "lukashenko", as a careless translation has it: a lone word that the text writes elsewhere as a name, and no plain word.
pub(crate) fn name_in_lower_case(thread: &Thread<'_, '_>, words: &[usize]) -> Option<u32> {
    let &[at] = words else { return None };
    let token = &thread.document.tokens[at];
    let plain = token.case == Case::Lower
        && thread.words.sort(at) == Sort::Plain
        && !is_common(thread.document.form(at), token.word);
    let named = thread.cast.with_word(token.word).iter().rev().copied();
    named.filter(|_| plain).find(|&m| !thread.cast.members[m as usize].weak)
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn spellings_of_one_name_and_no_other() {
        assert!(near("Valery Zalunsky", "Valeri Zalunskiy"));
        assert!(near("J. Dorn", "John Dorn"));
        assert!(near("Ana Zalunsky", "Zalunski"));
        assert!(!near("Ana Dorn", "Ivo Dorn"));
        assert!(!near("Karin", "Marin"));
    }
}
