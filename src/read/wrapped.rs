//! Lines that were wrapped by hand and became a paragraph each, as databases give old articles in Word.

/// Fewer breaks within sentences may be lists, verse, headings.
const FEWEST: usize = 4;
/// One of so many paragraphs at least ends within a sentence where lines are wrapped.
const SHARE: usize = 6;
/// A line that ends so early was not wrapped, bytes.
const SHORT: usize = 40;

const PARAGRAPH: &str = "\n\n";

/// The text with such lines in one paragraph, a line end between them; `None` where its paragraphs are paragraphs.
pub(super) fn joined(text: &str) -> Option<String> {
    let paragraphs: Vec<&str> = text.split(PARAGRAPH).collect();
    let goes_on = |line: &str| line.starts_with(char::is_lowercase);
    let pairs = paragraphs.iter().zip(paragraphs.iter().skip(1));
    let within = pairs.filter(|(line, next)| !ends(line) && goes_on(next)).count();
    if within < FEWEST || within * SHARE < paragraphs.len() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut before: Option<&str> = None;
    for line in paragraphs {
        if let Some(before) = before {
            let wrapped = !ends(before) && (before.len() >= SHORT || goes_on(line));
            out.push_str(if wrapped { "\n" } else { PARAGRAPH });
        }
        out.push_str(line);
        before = Some(line);
    }
    Some(out)
}

/// Ends as a sentence does.
fn ends(line: &str) -> bool {
    let bare = line.trim_end().trim_end_matches(['”', '"', '’', '\'', ')', ']', '»']);
    bare.ends_with(['.', '!', '?', '…', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let lines = [
            "The harbour board of Norby voted late on Monday to close the",
            "east quay. “We would rather close it now than explain later to",
            "our children why we did not,” the chair, Marta Lindqvist, told",
            "reporters.",
            "Fishermen said that they had learned of it from the radio, like",
            "all the others in town. The quay was built in 1931, and nobody",
            "has mended it since.",
        ];
        let told = joined(&lines.join("\n\n")).expect("wrapped");
        assert_eq!(told, format!("{}\n\n{}", lines[..4].join("\n"), lines[4..].join("\n")));
    }

    #[test]
    fn paragraphs_stay() {
        let prose = "The board voted.\n\nIt rains.\n\nThe quay\n\n“We go,” she said.";
        let list = "He took\n\na rope\n\na lamp\n\nThen he left.";
        for text in [prose, list, "", &prose.repeat(20)] {
            assert_eq!(joined(text), None, "{text}");
        }
    }
}
