//! Each form of export, with five stories of invented text: every field comes back as it went in.

mod databases;
mod factiva;

use super::super::document::docx::docx;
use super::super::tests::rows;
use crate::article::Article;

/// A story, and its day as databases write it.
struct Story {
    title: &'static str,
    outlet: &'static str,
    iso: &'static str,
    us: &'static str,
    uk: &'static str,
    fr: &'static str,
    byline: &'static str,
    section: &'static str,
    text: [&'static str; 3],
}

const STORIES: [Story; 5] = [
    Story {
        title: "Harbour board shuts the east quay",
        outlet: "The Velsund Courier",
        iso: "2031-03-05",
        us: "March 5, 2031 Wednesday",
        uk: "5 March 2031",
        fr: "mercredi 5 mars 2031",
        byline: "Jon Aker",
        section: "NEWS",
        text: [
            "The board voted to close the quay. “We would rather close it now,” said Marta Vik.",
            "Crews said they had been given no warning.",
            "Work begins in June.",
        ],
    },
    Story {
        title: "Oster & Dahl <wins> again; rival sues",
        outlet: "Norrland Times",
        iso: "2030-12-31",
        us: "December 31, 2030 Tuesday",
        uk: "31 December 2030",
        fr: "mardi 31 décembre 2030",
        byline: "Ida Berg and Åsa Öst",
        section: "BUSINESS; Markets",
        text: [
            "WEXLEY -- Oster & Dahl won. Its rival, a firm of 300, said: \"We will sue.\"",
            "NOTES: the contract is worth 12 million euros, a spokesman said.",
            "The rival’s lawyer did not answer.",
        ],
    },
    Story {
        title: "Q: Who pays?",
        outlet: "Daily Quay (London)",
        iso: "2029-02-01",
        us: "February 1, 2029, Thursday, FINAL EDITION",
        uk: "1 February 2029",
        fr: "jeudi 1er février 2029",
        byline: "Staff",
        section: "OPINION",
        text: ["Nobody does.", "Somebody must, the council says.", "It meets on 3 May."],
    },
    Story {
        title: "LONG READ",
        outlet: "Evening Mail",
        iso: "2031-10-09",
        us: "October 9, 2031 Thursday 9:03 AM",
        uk: "9 October 2031",
        fr: "jeudi 9 octobre 2031",
        byline: "P. Kirben",
        section: "FEATURES",
        text: [
            "SUBJECT: was the title of the letter, which the mayor read out in full.",
            "Copyright was not the question, she told the room.",
            "One of ten documents was lost, and nobody knows which.",
        ],
    },
    Story {
        title: "Fishermen ask for “fair” pay",
        outlet: "Courier on Sunday",
        iso: "2028-07-02",
        us: "July 2, 2028 Sunday",
        uk: "2 July 2028",
        fr: "dimanche 2 juillet 2028",
        byline: "Tomas Breck",
        section: "LOCAL",
        text: ["“Somebody has to pay,” Ms. Holm said.", "He agreed.", "They left at noon."],
    },
];

/// What a form does not carry.
#[derive(Clone, Copy, Default)]
struct Without {
    section: bool,
    byline: bool,
}

const ALL: Without = Without { section: false, byline: false };

/// Reads a file in a form, and compares every article with its story.
fn check(form: &str, name: &str, bytes: impl Into<Vec<u8>>, without: Without) {
    let rows = rows(name, bytes.into());
    let articles: Vec<Article> =
        rows.into_iter().map(|row| row.unwrap_or_else(|r| panic!("{form}: {r}"))).collect();
    assert_eq!(articles.len(), STORIES.len(), "{form}");
    for (article, story) in articles.iter().zip(&STORIES) {
        let told = |field: &Option<String>| field.clone().unwrap_or_default();
        assert_eq!(told(&article.title), story.title, "{form}");
        assert_eq!(told(&article.outlet), story.outlet, "{form}");
        assert_eq!(told(&article.date), story.iso, "{form}");
        let byline = if without.byline { "" } else { story.byline };
        assert_eq!(told(&article.byline), byline, "{form}");
        let section = if without.section { "" } else { story.section };
        assert_eq!(told(&article.section), section, "{form}");
        assert_eq!(article.text, story.text.join("\n\n"), "{form}");
        let missing = article.warnings.iter().any(|w| w.starts_with("the export gives no "));
        assert_eq!(missing, without.section || without.byline, "{form}: {:?}", article.warnings);
    }
}

/// One text after the other, numbered from 1.
fn all(one: impl Fn(usize, &Story) -> String) -> String {
    (1..).zip(&STORIES).map(|(number, story)| one(number, story)).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Paragraphs of a text as RTF, what is not ASCII as programs write it.
fn rtf(text: &str) -> String {
    let mut out =
        String::from("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\*\\generator x;}\n");
    for line in text.lines() {
        out.push_str("{\\pard\\f0 ");
        for c in line.chars() {
            match c {
                '“' => out.push_str("\\ldblquote "),
                '”' => out.push_str("\\'94"),
                '\\' | '{' | '}' => out.extend(['\\', c]),
                '\t' => out.push_str("\\tab "),
                c if c.is_ascii() => out.push(c),
                c => out.push_str(&format!("\\u{}?", c as u32)),
            }
        }
        out.push_str("\\par}\n");
    }
    out + "}"
}

/// The same lines as a page, a paragraph for each.
fn page(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let body: String = lines
        .map(|line| format!("<div class=c0><p><span>{}</span></p></div>\n", escaped(line)))
        .collect();
    format!("<html><head><title>&nbsp;</title></head><body>{body}</body></html>")
}

fn word(text: &str) -> Vec<u8> {
    docx(&text.lines().collect::<Vec<_>>())
}

fn nexis(marker: &str, s: &Story, labels: [&str; 3]) -> String {
    let [byline, section, length] = labels;
    format!(
        "                    {marker}\n\n\n\n          {}\n\n     {}\n\n{}\n\n{byline}: {}\n\n\
         {section}: {}; Pg. 4\n\n{length}: 25 words\n\n{}\n\nGRAPHIC: A picture\nof the quay\n\n\
         LOAD-DATE: April 1, 2032\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n\n\
         Copyright 2031 The Paper\n     All Rights Reserved\n\n",
        s.outlet,
        s.us,
        s.title,
        s.byline,
        s.section,
        s.text.join("\n\n")
    )
}

#[test]
fn nexis_with_numbered_documents() {
    let english = ["BYLINE", "SECTION", "LENGTH"];
    let text = all(|n, s| nexis(&format!("{n} of 5 DOCUMENTS"), s, english));
    check("text", "a.txt", text.clone(), ALL);
    check(
        "text with a cover",
        "a.txt",
        format!("Time Of Request: Monday\nTerms: (QUAY)\n\n{text}"),
        ALL,
    );
    check("lines of Windows", "a.txt", text.replace('\n', "\r\n"), ALL);
    check("a page", "a.html", page(&text), ALL);
    check("RTF", "a.rtf", rtf(&text), ALL);
    check("Word", "a.docx", word(&text), ALL);
    check("under another name", "-", text, ALL);
    let german = all(|n, s| nexis(&format!("Dokument {n} von 5"), s, ["AUTOR", "RUBRIK", "LÄNGE"]));
    check("German", "a.txt", german, ALL);
    let french =
        all(|n, s| nexis(&format!("Document {n} de 5"), s, ["AUTEUR", "RUBRIQUE", "LONGUEUR"]));
    check("French", "a.txt", french, ALL);
    let old = all(|n, s| {
        format!(
            "{n} of 5 DOCUMENTS\n\nCopyright 2031 The Paper\n{}\n\n{}\n\nSECTION: {}\n\nLENGTH: 25 \
             words\n\nHEADLINE: {}\n\nBYLINE: By {}\n\nBODY:\n{}\n\nLOAD-DATE: April 1, 2032\n",
            s.outlet,
            s.us,
            s.section,
            s.title,
            s.byline,
            s.text.join("\n\n")
        )
    });
    check("labelled headline", "a.txt", old, ALL);
}

#[test]
fn lexis_with_ends_of_documents() {
    let one = |s: &Story, end: &str| {
        format!(
            "{}\n{}\n{}\n\nCopyright 2031 The Paper\nSection: {}; Pg. 4\nLength: 25 words\n\
             Byline: {}\nDateline: WEXLEY\nBody\n\n{}\nClassification\n\nLanguage: ENGLISH\n\
             Publication-Type: Newspaper\nSubject: QUAYS (90%)\nLoad-Date: April 1, 2032\n\n{end}\n\n",
            s.title,
            s.outlet,
            s.us,
            s.section,
            s.byline,
            s.text.join("\n")
        )
    };
    let text = all(|_, s| one(s, "End of Document"));
    let cover: String = (1..)
        .zip(&STORIES)
        .map(|(n, s)| {
            format!(
                "{n}. {}\nClient/Matter: -None-\nSearch Terms: quay\nSources: Courier; News\n\n",
                s.title
            )
        })
        .collect();
    let cover = format!(
        "User Name: ANA DORN\nDate and Time: Wednesday, December 19, 2035 7:08:00 PM JST\n\
         Job Number: 1\nDocuments (5)\n{cover}\n"
    );
    check("Word", "a.docx", word(&text), ALL);
    check("Word with a list", "a.docx", word(&(cover.clone() + &text)), ALL);
    check("RTF", "a.rtf", rtf(&text), ALL);
    check("RTF with a list", "a.rtf", rtf(&(cover + &text)), ALL);
    check("German", "a.docx", word(&all(|_, s| one(s, "Ende des Dokuments"))), ALL);
    let picture =
        text.replace("Classification\n", "Graphic\n\nA picture of the quay\nClassification\n");
    check("captions", "a.docx", word(&picture), ALL);
}

#[test]
fn several_articles_in_no_known_form_are_rejected() {
    let text = all(|_, s| {
        format!(
            "TITLE: {}\nSOURCE: {}\nDATE: {}\n\n{}\n\n",
            s.title,
            s.outlet,
            s.uk,
            s.text.join("\n\n")
        )
    });
    for (name, bytes) in [
        ("a.txt", text.clone().into_bytes()),
        ("a.rtf", rtf(&text).into_bytes()),
        ("a.docx", word(&text)),
        ("a.html", page(&text).into_bytes()),
    ] {
        let rows = rows(name, bytes);
        assert_eq!(rows.len(), 1, "{name}");
        let reject = rows[0].as_ref().expect_err("several articles");
        assert!(reject.reason.contains("5 articles in one file"), "{name}: {}", reject.reason);
    }
}

/// Files that would cost the square of their length, were any part of them read again for each of the others.
#[test]
fn hostile_exports_have_an_end() {
    let story = STORIES[0].text.join("</p><p class=\"articleParagraph\">");
    let article = |body: &str| {
        format!(
            "<div class=\"article enArticle\"><div id=\"hd\"><span class=\"enHeadline\">T</span></div>\
             <div>9 words</div><div>5 March 2031</div><div>Paper</div>{body}\
             <p class=\"articleParagraph\">{story}</p></div>"
        )
    };
    let nexis = "1 of 1 DOCUMENTS\n\nPaper\n\nMarch 5, 2031\n\nT\n\n";
    for (name, file, count) in [
        ("a.html", article("").repeat(2000), 2000),
        ("a.html", article(&"<table><tr><td>HD".repeat(20_000)), 1),
        ("a.html", article(&"<b>x".repeat(40_000)), 1),
        ("a.html", article(&"<span class=\"enHeadline\">x".repeat(9000)), 1),
        (
            "a.txt",
            format!(
                "{nexis}{}It rains.\n\nLANGUAGE: ENGLISH\n",
                "LENGTH: 9 words\n\n".repeat(9000)
            ),
            1,
        ),
        ("a.rtf", format!("{{\\rtf1 {}{}}}", "{\\b x".repeat(900), "}".repeat(900)), 1),
    ] {
        let rows = rows(name, file.into_bytes());
        assert_eq!(rows.len(), count, "{name}");
        assert!(rows.iter().all(Result::is_ok), "{name}: {:?}", rows.iter().find(|r| r.is_err()));
    }
}
