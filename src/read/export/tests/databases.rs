//! Europresse, ProQuest and NewsBank.

use super::{ALL, Story, Without, all, check, escaped, page, rtf};

#[test]
fn europresse_as_pages() {
    let one = |s: &Story, class: &str, day: &str, byline: &str| {
        let text: String = s.text.iter().map(|p| format!("<p>{}</p> ", escaped(p))).collect();
        format!(
            "<article> <header> <div> <span class=\"{class}DocPublicationName\">{}   </span> </div> \
             <div> <span class=\"DocHeader\">{day}, p. 16</span> </div> <div><p>RUBRIC</p></div> \
             <div class=\"titreArticle\"> <p class='sm-margin-bottom'>Above</p> <p \
             class=\"titreArticleVisu\">{}</p> </div> {byline} </header> <section> <div \
             class=\"DocText\"><div class='docOcurrContainer'>{text}</div></div> </section> <aside> \
             <p><b>Illustration(s) : </b></p> <div><p>A photo.</p></div> </aside> <footer> <small>© \
             2031 The Paper. Tous droits réservés.</small> <p>Numéro de document : news·20310305·LM\
             </p></footer> </article>",
            s.outlet,
            escaped(s.title)
        )
    };
    let page = |body: String| format!("<!DOCTYPE html><html><body>{body}</body></html>");
    let byline = |s: &Story| format!("<div>{}</div>", s.byline);
    let day = |s: &Story, date: &str| format!("{}, {date}", s.section);
    check("French", "a.html", page(all(|_, s| one(s, "", &day(s, s.fr), &byline(s)))), ALL);
    check("newer", "a.html", page(all(|_, s| one(s, "rdp__", &day(s, s.fr), &byline(s)))), ALL);
    check("English", "-", page(all(|_, s| one(s, "", &day(s, s.uk), &byline(s)))), ALL);
    let no_byline = Without { section: false, byline: true };
    check("no byline", "a.html", page(all(|_, s| one(s, "", &day(s, s.fr), ""))), no_byline);
    let no_section = Without { section: true, byline: false };
    check("no section", "a.html", page(all(|_, s| one(s, "", s.fr, &byline(s)))), no_section);
}

#[test]
fn proquest_as_text_and_pages() {
    let tail = "Subject: Quays; Harbours\n\nLocation: Velsund\n\n";
    let one = |n: usize, s: &Story, fields: String| {
        format!(
            "____________________________________________________________\n\nDocument {n} of 5\n\n{}\n\n\
             Author: {}\n\nAbstract: In short.\n\nFull text: {}\n\n{tail}{fields}Publisher: Paper \
             Ltd\n\nProQuest document ID: 12345{n}\n\nDatabase: Newsstream\n\n",
            s.title,
            s.byline,
            s.text.join("\n\n")
        )
    };
    let full = |s: &Story| {
        format!(
            "Title: {}\n\nPublication title: {}; Velsund\n\nPages: A.4\n\nPublication date: {}\n\n\
             Section: {}\n\n",
            s.title,
            s.outlet,
            s.us.rsplit_once(' ').map_or(s.us, |(day, _)| day),
            s.section
        )
    };
    let text = all(|n, s| one(n, s, full(s)));
    let intro = "____________________________________________________________\n\nReport Information \
        from ProQuest\n\n5 March 2031 09:03\n\n";
    check("text", "a.txt", format!("{intro}{text}"), ALL);
    check("without the list", "a.txt", text.clone(), ALL);
    check("RTF", "a.rtf", rtf(&format!("{intro}{text}")), ALL);
    check("a page", "a.html", page(&format!("ProQuest\n{text}")), ALL);
    let no_rules = text.replace("____________________________________________________________", "");
    check("without rules", "a.txt", no_rules, ALL);
    let short = all(|n, s| {
        let info = format!("Publication info: {} ; Velsund [Velsund]{}: A.4.\n\n", s.outlet, s.uk);
        one(n, s, String::new()).replace("Abstract:", &format!("{info}Abstract:"))
    });
    let no_section = Without { section: true, byline: false };
    check("publication info", "a.txt", short, no_section);
}

#[test]
fn newsbank_as_text() {
    let one = |n: usize, s: &Story, order: [&str; 2]| {
        let field = |name: &str| match name {
            "Paper" => format!("Paper: {}\n", s.outlet),
            "Publication" => format!("Publication: {}\n", s.outlet),
            _ => format!("{name}: {}\n", s.title),
        };
        format!(
            "{}{}Author: {}\nDate: {}\nSection: {}\nPage: A4\n\n{}\n\nCopyright (c) 2031 The Paper\n\
             Record Number: 12AB{n}\n\n\n",
            field(order[0]),
            field(order[1]),
            s.byline,
            s.uk,
            s.section,
            s.text.join("\n\n")
        )
    };
    check("paper first", "a.txt", all(|n, s| one(n, s, ["Paper", "Title"])), ALL);
    check("title first", "a.txt", all(|n, s| one(n, s, ["Title", "Paper"])), ALL);
    check("headline", "a.txt", all(|n, s| one(n, s, ["Headline", "Publication"])), ALL);
    let text = all(|n, s| one(n, s, ["Paper", "Title"]));
    check("RTF", "a.rtf", rtf(&text), ALL);
    let no_numbers: String = text
        .lines()
        .filter(|line| !line.starts_with("Record Number:"))
        .map(|line| format!("{line}\n"))
        .collect();
    check("without numbers", "a.txt", format!("NewsBank\n\n{no_numbers}"), ALL);
}
