//! Scores as CSV: one flat row for each article.

use super::{Show, round};
use crate::axis::AXES;
use crate::feature::features;
use crate::score::Scored;

pub(super) fn line(fields: impl IntoIterator<Item = String>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    // Writing into memory cannot fail, nor can flushing it.
    let _always_ok = writer.write_record(fields);
    writer.into_inner().unwrap_or_default()
}

/// Rows for a spreadsheet: a cell of text that it would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or the end of
/// a line) begins with an apostrophe. Numbers stay as they are.
#[must_use]
pub fn guarded(rows: &[u8]) -> Vec<u8> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(rows);
    let mut out = Vec::with_capacity(rows.len() + 16);
    for row in reader.records().map_while(Result::ok) {
        let cell = |cell: &str| {
            let number = cell.parse::<f64>().is_ok_and(f64::is_finite);
            let runs =
                cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
            if runs && !number { format!("'{cell}") } else { cell.to_owned() }
        };
        out.extend(line(row.iter().map(cell)));
    }
    out
}

/// The header, with the end of its line.
#[must_use]
pub fn header(show: Show) -> Vec<u8> {
    let first = [
        "id",
        "source",
        "title",
        "outlet",
        "url",
        "date",
        "byline",
        "section",
        "language",
        "form",
        "words",
        "skipped_words",
        "unscored",
    ];
    let mut out: Vec<String> = first.map(str::to_owned).to_vec();
    for axis in AXES {
        out.extend(["class", "value"].map(|part| format!("{}_{part}", axis.name)));
        out.extend(axis.measure.map(|_| format!("{}_measure", axis.name)));
        out.extend(axis.classes.iter().map(|class| format!("{}_{class}", axis.name)));
        out.push(format!("{}_model", axis.name));
    }
    out.extend(["attributions", "speakers", "stance", "warnings"].map(str::to_owned));
    if show.features {
        out.extend(features().map(|(_, f)| f.name.to_owned()));
    }
    if show.text {
        out.push("text".to_owned());
    }
    line(out)
}

/// The row of an article, with the end of its line.
#[must_use]
pub fn row(scored: &Scored<'_>, show: Show) -> Vec<u8> {
    let (article, marks) = (scored.article, &scored.marks);
    let given = |field: &Option<String>| field.clone().unwrap_or_default();
    let mut out = vec![
        article.id.clone(),
        article.source.clone(),
        given(&article.title),
        given(&article.outlet),
    ];
    out.extend([
        given(&article.url),
        given(&article.date),
        given(&article.byline),
        given(&article.section),
        scored.language.short().to_owned(),
        scored.form().name().to_owned(),
    ]);
    out.extend([scored.document.words.to_string(), scored.document.skipped_words().to_string()]);
    out.push(scored.unscored.as_ref().map_or_else(String::new, |u| u.reason.clone()));
    for axis in AXES {
        match scored.scores.iter().find(|s| s.axis == axis.name) {
            Some(score) => {
                let number = |v: Option<f64>| v.map_or_else(String::new, |v| round(v).to_string());
                out.extend([score.class.to_owned(), number(score.value)]);
                out.extend(axis.measure.map(|_| number(score.measure)));
                out.extend(score.probabilities.iter().map(|(_, p)| round(*p).to_string()));
                out.push(score.model.clone());
            }
            None => {
                let cells = axis.classes.len() + 3 + usize::from(axis.measure.is_some());
                out.extend(std::iter::repeat_n(String::new(), cells));
            }
        }
    }
    out.extend([marks.attributions.len().to_string(), marks.speakers.len().to_string()]);
    let stances = marks
        .targets
        .iter()
        .map(|t| format!("{}: {} {:+.2}", t.name, t.polarity.class(), t.polarity.value()));
    out.push(stances.collect::<Vec<_>>().join("; "));
    out.push(
        article.warnings.iter().chain(&marks.warnings).cloned().collect::<Vec<_>>().join("; "),
    );
    if show.features {
        out.extend(scored.vector.values().iter().map(|v| round(*v).to_string()));
    }
    if show.text {
        out.push(article.text.clone());
    }
    line(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_in_a_spreadsheet() {
        let row = line(
            ["=cmd|' /C calc'!A0", "-0.25", "+1e-3", "-x", "@SUM(1)", "a=b", "\t=1"]
                .map(str::to_owned),
        );
        let told = String::from_utf8(guarded(&row)).unwrap();
        assert_eq!(told, "'=cmd|' /C calc'!A0,-0.25,+1e-3,'-x,'@SUM(1),a=b,'\t=1\n");
        let several = line(["a\n=b, \"c\"".to_owned(), "=".to_owned()]);
        assert_eq!(guarded(&several), "\"a\n=b, \"\"c\"\"\",'=\n".as_bytes());
    }
}
