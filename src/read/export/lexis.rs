//! Lexis Advance, Nexis Uni, Nexis since 2018: Word and RTF, in which every article ends with the
//! line "End of Document". A list of the articles may stand in front.

use super::super::date::iso;
use super::lines::{Field, Labels, Piece, is_copyright, pieces, tail, text};
use super::{Cut, Export, Record, Shown};

pub(super) const EXPORT: Export =
    Export { name: "Lexis", signs: &["End of Document<", "Ende des Dokuments<"], cut };

const ENDS: &[&str] =
    &["End of Document", "Ende des Dokuments", "Fin du document", "Fin del documento"];

/// Lines that begin the text, name parts of it, and end it.
const BODY: &[&str] = &["Body"];
const PARTS: &[&str] = &["ABSTRACT", "FULL TEXT", "Full Text"];
const BEHIND: &[&str] = &["Classification", "Graphic", "Klassifizierung", "Grafik"];

fn cut(shown: &Shown<'_>) -> Option<Cut> {
    let lines: Vec<&str> = shown.text.lines().map(str::trim).collect();
    let mut records = Vec::new();
    let mut from = 0;
    for (at, _) in lines.iter().enumerate().filter(|(_, line)| ENDS.contains(line)) {
        records.extend(record(&lines[from..at]));
        from = at + 1;
    }
    if records.is_empty() {
        return None;
    }
    // The last article of a file that was cut off lacks its end, and has a head all the same.
    records.extend(record(&lines[from..]));
    let declared = lines.iter().take(100).find_map(|line| {
        let number = line.strip_prefix("Documents (").or_else(|| line.strip_prefix("Dokumente ("));
        number?.strip_suffix(')')?.parse().ok()
    });
    Some(Cut { records, declared })
}

fn record(lines: &[&str]) -> Option<Record> {
    let pieces = pieces(lines, Labels::of("lexis"));
    let is_line = |piece: &Piece<'_>, known: &[&str]| {
        piece.field.is_none() && matches!(piece.lines.as_slice(), [line] if known.contains(line))
    };
    // The date is the last one above the labels, below what a list in front of all tells.
    let begins = |p: &Piece<'_>| p.lines.first().is_some_and(|line| is_copyright(line));
    let mark = pieces.iter().position(|p| is_line(p, BODY));
    let labelled = pieces[..mark.unwrap_or(pieces.len())]
        .iter()
        .rposition(|p| p.field == Some(Field::Length))
        .or(mark)?;
    let first = pieces[..labelled]
        .iter()
        .rposition(|p| p.field.is_none() && p.lines.iter().any(|line| iso(line).is_some()))
        .or_else(|| pieces[..labelled].iter().position(begins));
    let body = match mark {
        Some(at) => at + 1,
        None => {
            let head = |p: &Piece<'_>| {
                !matches!(p.field, None | Some(Field::Tail | Field::Picture | Field::Language))
            };
            labelled + pieces[labelled..].iter().take_while(|p| head(p)).count()
        }
    };
    let end = pieces[body..]
        .iter()
        .rposition(|p| is_line(p, BEHIND))
        .map(|last| {
            // A picture's caption may stand before the classification.
            let last = body + last;
            pieces[body..last].iter().rposition(|p| is_line(p, BEHIND)).map_or(last, |at| body + at)
        })
        .unwrap_or(pieces.len())
        .min(tail(&pieces, body));
    let prose = pieces[body..end].iter().filter(|p| !is_line(p, PARTS));
    let mut record = Record { text: text(prose), ..Record::default() };
    record.set_all(&pieces[first.unwrap_or(0)..body]);
    record.set_all(pieces[end..].iter().filter(|p| p.field == Some(Field::Language)));
    if let Some(first) = first {
        top(&pieces[..=first], &mut record);
    }
    Some(record)
}

/// Title, outlet and date: the last three above the labels.
fn top(pieces: &[Piece<'_>], record: &mut Record) {
    let lines = |at: usize| pieces.get(at).map_or(&[] as &[&str], |p| p.lines.as_slice());
    let last = pieces.len() - 1;
    let Some(dated) = lines(last).iter().position(|line| iso(line).is_some()) else { return };
    record.set(Field::Date, lines(last)[dated].to_owned());
    // All three in one paragraph, or in three.
    let above = &lines(last)[..dated];
    match (above, last) {
        ([title @ .., outlet], _) if !title.is_empty() => {
            record.set(Field::Outlet, (*outlet).to_owned());
            record.set(Field::Title, title.join(" "));
        }
        ([outlet], 1..) => {
            record.set(Field::Outlet, (*outlet).to_owned());
            record.set(Field::Title, pieces[last - 1].folded());
        }
        ([], 1..) => {
            let outlet = lines(last - 1);
            record.set(Field::Outlet, outlet.last().map_or("", |line| line).to_owned());
            match (outlet.len(), last) {
                (2.., _) => record.set(Field::Title, outlet[..outlet.len() - 1].join(" ")),
                (_, 2..) => record.set(Field::Title, pieces[last - 2].folded()),
                _ => {}
            }
        }
        _ => {}
    }
}
