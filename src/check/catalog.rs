//! `docs/check.md`: the kinds, with their examples and how many of the planted faults each finds.

use super::{Example, KINDS};

/// The kinds as Markdown. `figures`: for each kind by name, planted faults and how many of them were found.
#[must_use]
pub fn markdown(figures: &[(&str, usize, usize)]) -> String {
    let mut out = String::from(include_str!("intro.md"));
    out.push_str("\n| kind | severity | planted faults found | meaning |\n|---|---|---|---|\n");
    let of = |name: &str| figures.iter().find(|f| f.0 == name).map_or((0, 0), |f| (f.1, f.2));
    for kind in KINDS {
        let (planted, found) = of(kind.name);
        out.push_str(&format!(
            "| [`{0}`](#{0}) | {1} | {found} of {planted} | {2} |\n",
            kind.name,
            kind.severity.name(),
            kind.summary
        ));
    }
    let (planted, found) = figures.iter().fold((0, 0), |s, f| (s.0 + f.1, s.1 + f.2));
    out.push_str(&format!("| all | | {found} of {planted} | |\n"));
    for kind in KINDS {
        out.push_str(&format!("\n## {}\n\n{} {}\n\n", kind.name, kind.summary, kind.why));
        out.push_str(&format!("What helps: {}.\n", kind.help));
        if let Some(words) = kind.words {
            out.push_str(&format!("`words` in the settings are taken as {words}.\n"));
        }
        examples(&mut out, "Found in", kind.yes);
        examples(&mut out, "Not found in", kind.no);
    }
    out
}

fn examples(out: &mut String, label: &str, examples: &[Example]) {
    out.push_str(&format!("\n{label}:\n\n"));
    for example in examples {
        let headline = match example.headline {
            "" => String::new(),
            headline => format!("**{headline}** "),
        };
        out.push_str(&format!("- {headline}{}\n", example.text.replace("\n\n", " ¶ ")));
    }
}
