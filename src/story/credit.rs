//! Whom an article names as the one it was taken over from: "Source: Norwire", "This article appeared in The Courier".

use crate::text::Document;

/// Words of such lines that are part of no name, though they may be capitalised.
const PLAIN: &str =
    "source sources information info origin original originally first published republished reprinted adapted appeared this that article story post
text report read more full here at in on by from via and with permission click link credit copyright the see also has been was is of to a an january february march april may june july
august september october november december";

/// Names in the lines that tell where the article comes from, in order, each once.
pub(super) fn credits(document: &Document<'_>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for block in document.blocks.iter().filter(|b| b.reason == "provenance") {
        for name in names(block.span.slice(document.text)) {
            if !out.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
                out.push(name);
            }
        }
    }
    out
}

fn names(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut name: Vec<&str> = Vec::new();
    for piece in line.split_whitespace() {
        let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let plain = PLAIN.split_whitespace().any(|p| p.eq_ignore_ascii_case(word));
        // An article belongs to the name that follows it.
        let article = word == "The" && name.is_empty();
        let address = word.contains('.') && word.len() > 4;
        if article
            || (!word.is_empty() && !plain && (address || word.starts_with(char::is_uppercase)))
        {
            name.push(word);
        }
        if plain && !article
            || piece.ends_with([',', '.', ':', ';', ')', ']', '|'])
            || word.starts_with(char::is_lowercase)
        {
            end(&mut name, &mut out);
        }
    }
    end(&mut name, &mut out);
    out
}

fn end(name: &mut Vec<&str>, out: &mut Vec<String>) {
    if name.iter().any(|word| *word != "The") {
        out.push(name.join(" "));
    }
    name.clear();
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn publishers_are_found_in_their_lines() {
        for (line, expected) in [
            ("Source: Norwire", &["Norwire"][..]),
            ("(Coastal News Agency)", &["Coastal News Agency"]),
            (
                "This article appeared in The Courier and has been published here with permission.",
                &["The Courier"],
            ),
            (
                "Information source @NorbyWeb: Read more at: www.norby.example",
                &["NorbyWeb", "www.norby.example"],
            ),
            ("Source: Read Full Article", &[]),
        ] {
            assert_eq!(names(line), expected, "{line}");
        }
    }
}
