//! Two wordings of a statement side by side: which words of the one the other does not have.

/// Words of a statement that are compared; longer ones are shown without marks.
const LONGEST: usize = 160;

/// A run of words, and whether the other wording lacks them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) differs: bool,
}

fn form(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A wording without case, punctuation and spaces: what counts as the same.
pub(super) fn folded(text: &str) -> String {
    text.split_whitespace().map(form).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `text` in runs that `other` has in the same order (longest common subsequence of words) and runs that it has not.
pub(super) fn runs(text: &str, other: &str) -> Vec<Run> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (a, b): (Vec<String>, Vec<String>) =
        (words.iter().map(|w| form(w)).collect(), other.split_whitespace().map(form).collect());
    let kept = if a.len().max(b.len()) > LONGEST { vec![true; a.len()] } else { common(&a, &b) };
    let mut out: Vec<Run> = Vec::new();
    for ((word, form), kept) in words.iter().zip(&a).zip(kept) {
        let differs = !kept && !form.is_empty();
        match out.last_mut() {
            Some(run) if run.differs == differs => {
                run.text.push(' ');
                run.text.push_str(word);
            }
            _ => out.push(Run { text: (*word).to_owned(), differs }),
        }
    }
    out
}

/// For each word of `a`, whether it stands in the longest sequence of words that both have.
fn common(a: &[String], b: &[String]) -> Vec<bool> {
    let width = b.len() + 1;
    // Length of the longest sequence behind each pair of places.
    let mut longest = vec![0_u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut kept = vec![false; a.len()];
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            kept[i] = true;
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_the_other_lacks_are_marked() {
        let told: Vec<(String, bool)> =
            runs("The bridge will, he said, open", "the bridge may open")
                .into_iter()
                .map(|r| (r.text, r.differs))
                .collect();
        let run = |text: &str, differs| (text.to_owned(), differs);
        assert_eq!(
            told,
            [run("The bridge", false), run("will, he said,", true), run("open", false)]
        );
        assert_eq!(folded("“The  Bridge!”"), folded("the bridge"));
    }
}
