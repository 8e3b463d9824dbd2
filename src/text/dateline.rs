//! Datelines: the place, the day and the agency from which a report was sent, before its first sentence.

use super::{Case, Document, Kind};
use std::ops::Range;

/// Most tokens of a dateline.
const LONGEST: usize = 18;

/// The first token behind the dateline with which `paragraph` opens: "NORRLAND, June 3 (Norwire) — The mayor". The beginning of
/// the paragraph where it opens with none. A place is in capitals, or an agency stands in brackets before the dash.
pub(crate) fn behind_dateline(document: &Document<'_>, paragraph: Range<usize>) -> usize {
    let first = paragraph.start;
    let capitals =
        |t: usize| document.tokens[t].case == Case::Upper && document.tokens[t].span.len() > 1;
    let reach = paragraph.end.min(first + LONGEST);
    let mut agency = false;
    let mut open = false;
    for at in first..reach {
        let (form, token) = (document.form(at), &document.tokens[at]);
        match form {
            "(" => open = true,
            ")" => {
                open = false;
                agency = true;
            }
            "—" | "–" | "―" | "-" if at > first => {
                // A hyphen inside a name stands glued to both its sides.
                let glued = document.tokens[at - 1].span.end == token.span.start;
                let dashes = document.form(at + 1) == "-";
                if glued && form == "-" && !dashes && !agency {
                    continue;
                }
                let sure = capitals(first) || (agency && document.form(at - 1) == ")");
                let next = at + 1 + usize::from(dashes);
                return if sure && !open && next < paragraph.end { next } else { first };
            }
            "," | "." | "/" | "&" | "'" | "’" | ";" | "|" => {}
            _ if open => {}
            _ => {
                let named = matches!(token.kind, Kind::Word) && token.case != Case::Lower;
                let particle = at > first
                    && matches!(
                        form,
                        "de" | "la" | "el" | "al" | "of" | "di" | "del" | "le" | "on" | "and"
                    );
                if !(named || particle || token.kind == Kind::Number) {
                    return first;
                }
            }
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behind(text: &str) -> String {
        let document = Document::new(text);
        let at = behind_dateline(&document, 0..document.tokens.len());
        text[document.tokens[at].span.from()..].to_owned()
    }

    #[test]
    fn datelines_are_passed_over() {
        for line in [
            "NORRLAND (Norwire) - ",
            "NORRLAND, June 3 (Norwire) — ",
            "Velsund (Norwire) – ",
            "PORT-LA-TOUR, Varn, 3 March 2031 -- ",
            "ST. MARTEN — ",
            "TARN/DRESK, May 2 (Norwire) - ",
        ] {
            let text = format!("{line}“We will not pay,” the mayor said.");
            assert!(behind(&text).starts_with("“We"), "{line}: {}", behind(&text));
        }
    }

    #[test]
    fn sentences_with_a_dash_are_no_datelines() {
        for text in [
            "Norrland – the old port – was silent.",
            "NATO said — and nobody doubted it — that the line would hold.",
            "Ana Dorn (left) said so - again.",
            "The mayor - a former pilot - said no.",
        ] {
            assert_eq!(behind(text), text);
        }
    }
}
