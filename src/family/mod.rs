//! Families: what is marked in an article, and the features counted from the marks.

pub(crate) mod attribution;
#[cfg(test)]
pub(crate) mod cases;
mod def;
pub(crate) mod hedging;
mod quotation;
mod sourcing;
pub(crate) mod stance;
mod style;
pub(crate) mod tone;

pub use def::{Context, Family, Feature, Totals, Unit, View};

/// Every family, in the order in which they mark and in which their features stand in the vector.
/// A family may read the layers of those before it.
pub static FAMILIES: &[&Family] = &[
    &quotation::FAMILY,
    &attribution::FAMILY,
    &sourcing::FAMILY,
    &hedging::FAMILY,
    &tone::FAMILY,
    &stance::FAMILY,
    &style::FAMILY,
];

#[cfg(test)]
mod tests {
    use super::FAMILIES;
    use crate::article::Article;
    use crate::lexicon::{Hit, Lexicon};
    use crate::score::Scorer;
    use crate::text::{Document, Span};

    fn spans(document: &Document<'_>, hits: &[Hit], entry: usize) -> Vec<Span> {
        let of_entry = hits.iter().filter(|h| h.entry == entry);
        of_entry
            .map(|h| document.tokens[h.first].span.cover(document.tokens[h.last - 1].span))
            .collect()
    }

    /// A `yes` sentence is hit by its entry. A `no` sentence is not, or the family's decision turns the hit down: no mark
    /// of its layers stands there.
    #[test]
    fn examples_of_every_lexicon_hold() {
        let scorer = Scorer::builtin().unwrap();
        let mut wrong = Vec::new();
        for family in FAMILIES {
            if !family.lexicon.contains("[[entry]]") {
                continue;
            }
            let lexicon = Lexicon::parse(family.name, family.lexicon, family.classes).unwrap();
            for (index, entry) in lexicon.entries.iter().enumerate() {
                for text in entry.yes.iter().chain(&entry.no) {
                    let article = Article::from_text("example", text.as_str());
                    let document = article.document();
                    let hits =
                        spans(&document, &lexicon.find(&document, 0..document.tokens.len()), index);
                    let marks = scorer.mark(&article, &document);
                    let marked = family
                        .writes
                        .iter()
                        .any(|l| marks.layer(*l).iter().any(|m| hits.contains(&m.span)));
                    let wanted = entry.yes.contains(text);
                    if wanted && hits.is_empty() || !wanted && marked {
                        wrong.push(format!(
                            "{} {:?}: {text:?} should {}be hit",
                            family.name,
                            entry.form,
                            if wanted { "" } else { "not " }
                        ));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
