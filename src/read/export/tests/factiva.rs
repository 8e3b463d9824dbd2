//! Factiva: with codes, as shown, as pages, as XML.

use super::super::super::tests::rows;
use super::{ALL, Story, Without, all, check, escaped, page, rtf, word};

fn codes(s: &Story, between: &str, number: usize) -> String {
    let fields = [
        ("SE", s.section),
        ("HD", s.title),
        ("BY", s.byline),
        ("WC", "25 words"),
        ("PD", s.uk),
        ("SN", s.outlet),
        ("SC", "VELCOU"),
        ("LA", "English"),
        ("CY", "(c) 2031 The Paper"),
    ];
    let head: String =
        fields.iter().map(|(code, value)| format!("{code}{between}{value}\n")).collect();
    format!(
        "{head}\nLP{between}{}\n\nTD{between}{}\n\n{}\n\nNS{between}c13 : Regulation\n\nAN{between}\
         Document VELCOU002031030{number}ef350000a\n\n",
        s.text[0], s.text[1], s.text[2]
    )
}

#[test]
fn factiva_with_codes() {
    check("below", "a.txt", all(|n, s| codes(s, "\n", n)), ALL);
    check("beside", "a.txt", all(|n, s| codes(s, "   ", n)), ALL);
    check("tabs", "-", all(|n, s| codes(s, "\t", n)), ALL);
    check("RTF", "a.rtf", rtf(&all(|n, s| codes(s, "\t", n))), ALL);
    check("a page", "a.html", page(&all(|n, s| codes(s, "\n", n))), ALL);
    let without =
        all(|n, s| codes(s, "\n", n).split("\nAN\n").next().unwrap_or_default().to_owned() + "\n");
    let without = without.replace("SE\nNEWS\n", "").replace("SE\nLOCAL\n", "");
    let rows = rows("a.txt", without.into_bytes());
    assert_eq!(rows.len(), 5, "a headline begins an article where there are no numbers");
}

#[test]
fn factiva_as_it_is_shown() {
    let one = |n: usize, s: &Story, words: &str, document: &str| {
        format!(
            "{}\n{}\n25 {words}\n{}\n{}\nVELCOU\n13\nEnglish\n(c) 2031 The Paper\n\n{}\n\nPaper \
             Publishing Limited\n\n{document} VELCOU002031030{n}ef350000a\n\n",
            s.title,
            s.byline,
            s.uk,
            s.outlet,
            s.text.join("\n\n")
        )
    };
    let no_section = Without { section: true, byline: false };
    let english = all(|n, s| one(n, s, "words", "Document"));
    check("text", "a.txt", english.clone(), no_section);
    check("RTF", "a.rtf", rtf(&english), no_section);
    check("Word", "a.docx", word(&english), no_section);
    check("German", "a.txt", all(|n, s| one(n, s, "Wörter", "Dokument")), no_section);
    check("Spanish", "a.txt", all(|n, s| one(n, s, "palabras", "Documento")), no_section);
}

#[test]
fn factiva_as_pages() {
    let one = |n: usize, s: &Story, language: &str, day: &str| {
        let text: String = s
            .text
            .iter()
            .map(|p| {
                format!(
                    "<p class=\"articleParagraph {language}articleParagraph\">{}</p>\n",
                    escaped(p)
                )
            })
            .collect();
        format!(
            "<div id=\"article-VELCOU{n}\" class=\"article\"><div class=\"article {language}Article\">\
             <p>\n</p><div>{}</div><div id=\"hd\"><span class=\"{language}Headline\">{}</span>\n</div>\
             <div class=\"author\">{} </div><div>25 words</div>{day}<div>{}</div><div>VELCOU</div>\
             <div>English</div><div>(c) 2031 The Paper </div><p></p>{text}<p>Paper Limited</p>\
             <p>Document VELCOU002031030{n}ef350000a</p></div></div><br>",
            s.section,
            escaped(s.title),
            s.byline,
            s.outlet
        )
    };
    let page = |body: String| format!("<html><title>Factiva</title><body><h1>Factiva</h1>{body}");
    let uk = |s: &Story| format!("<div>{}</div>", s.uk);
    check("English", "a.html", page(all(|n, s| one(n, s, "en", &uk(s)))), ALL);
    let fr = |s: &Story| format!("<div>{}</div>", s.fr);
    check("French", "a.html", page(all(|n, s| one(n, s, "fr", &fr(s)))), ALL);
    let timed = |s: &Story| format!("<div>{}</div><div>09:03</div>", s.uk);
    check("with a time", "a.html", page(all(|n, s| one(n, s, "de", &timed(s)))), ALL);
    let chinese = |s: &Story| {
        let (year, day) = s.iso.split_once('-').expect("a day");
        let (month, day) = day.split_once('-').expect("a day");
        format!("<div>{year} 年 {month} 月 {day} 日</div>")
    };
    check("Chinese", "-", page(all(|n, s| one(n, s, "zhcn", &chinese(s)))), ALL);
    let bold = page(all(|n, s| one(n, s, "en", &uk(s)))).replace("quay", "<b>quay</b>");
    check("words found", "a.htm", bold, ALL);
}

#[test]
fn factiva_as_xml() {
    let one = |n: usize, s: &Story, lead: String| {
        format!(
            "<ppsarticle><article><accessionNo>VELCOU{n}</accessionNo><baseLanguage>EN</baseLanguage>\
             <byline>{}</byline><headline><paragraph lang=\"EN\">{}</paragraph></headline>{lead}\
             <publicationDate><date>{}</date></publicationDate><region><name>Velsund</name></region>\
             <sectionName>{}</sectionName><sourceName>{}</sourceName><wordCount>25</wordCount>\
             </article></ppsarticle>\n",
            s.byline,
            escaped(s.title),
            s.iso,
            s.section,
            s.outlet
        )
    };
    let file = |body: String, count: usize| {
        format!(
            "<?xml version=\"1.0\"?>\n<PPSResponse><ppsArticleResponse \
             xmlns=\"http://global.factiva.com/pps/2.0\"><ppsarticleResultSet count=\"{count}\">{body}\
             </ppsarticleResultSet></ppsArticleResponse></PPSResponse>"
        )
    };
    let paragraphs = |s: &Story| -> [String; 3] {
        s.text.map(|p| format!("<paragraph display=\"Proportional\">{}</paragraph>", escaped(p)))
    };
    let split = all(|n, s| {
        let [lead, tail @ ..] = paragraphs(s);
        let tail = tail.concat();
        one(
            n,
            s,
            format!("<leadParagraph>{lead}</leadParagraph><tailParagraphs>{tail}</tailParagraphs>"),
        )
    });
    check("lead and tail", "a.xml", file(split.clone(), 5), ALL);
    check("under another name", "-", file(split.clone(), 5), ALL);
    let indented = all(|n, s| {
        let lead = escaped(&s.text.join("\n    "));
        one(n, s, format!("<leadParagraph>\n{lead}\n   </leadParagraph>"))
    });
    check("indented lines", "a.xml", file(indented, 5), ALL);
    let marked =
        split.replace("“", "&#8220;").replace("”", "&#x201d;").replace("’", "<![CDATA[’]]>");
    check("references", "a.xml", file(marked, 5), ALL);
    let rows = rows("a.xml", file(split, 6).into_bytes());
    let first = rows[0].as_ref().expect("an article");
    assert!(first.warnings.iter().any(|w| w.contains("declares 6 articles, and 5 were found")));
}
