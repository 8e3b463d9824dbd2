use super::super::testing::{known_as, read_with};
use super::super::{Columns, Format, Options, Reject};
use crate::article::Article;

const TEXT: &str = "The harbour board of Norby voted to close the quay, its chair said.";

fn read_as(json: &str, columns: Columns) -> Vec<Result<Article, Reject>> {
    let name = known_as("t.json", json.as_bytes()).expect("known");
    let format = Format::named(name).expect("a format");
    let options = Options { columns, ..Options::default() };
    read_with(Format { ..*format }, json.as_bytes(), options)
}

fn read(json: &str) -> Vec<Result<Article, Reject>> {
    read_as(json, Columns::default())
}

fn one(json: &str) -> Article {
    let mut rows = read(json);
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0).expect("an article")
}

#[test]
fn answers_of_news_interfaces_are_articles() {
    let newsapi = format!(
        "{{\n \"status\": \"ok\",\n \"articles\": [\n  {{\"source\": {{\"id\": null, \"name\": \"Norby Courier\"}}, \"author\": \"Ida Berg\", \"title\": \"Quay\", \"url\": \"https://norby.example/1\", \"publishedAt\": \"2019-03-05T06:00:00Z\", \"content\": \"{TEXT}\"}},\n  {{\"source\": {{\"name\": \"Times\"}}, \"title\": \"B\", \"content\": \"It began… [+2341 chars]\"}},\n {{\"title\": \"C\", \"description\": \"In short.\", \"content\": null}}]\n}}"
    );
    let rows = read(&newsapi);
    assert_eq!(rows.len(), 3);
    let first = rows[0].as_ref().expect("an article");
    assert_eq!(
        (first.outlet.as_deref(), first.byline.as_deref(), first.title.as_deref()),
        (Some("Norby Courier"), Some("Ida Berg"), Some("Quay"))
    );
    assert_eq!((first.text.as_str(), first.date.as_deref()), (TEXT, Some("2019-03-05T06:00:00Z")));
    assert_eq!(first.url.as_deref(), Some("https://norby.example/1"));
    let second = rows[1].as_ref().expect("an article");
    assert_eq!(second.text, "It began…");
    assert!(second.warnings[0].contains("cut it off ([+2341 chars])"), "{:?}", second.warnings);
    let third = rows[2].as_ref().expect("a teaser");
    assert!(third.text == "In short." && third.warnings[0].starts_with("only a teaser"));
}

#[test]
fn arrays_may_lie_deep_and_objects_in_objects() {
    let guardian = format!(
        "{{\"response\": {{\"status\": \"ok\", \"tags\": [{{\"id\": 1}}], \"results\": [{{\"id\": \"a/1\", \"webUrl\": \"https://norby.example/1\", \"webPublicationDate\": \"2019-03-05T06:00:00Z\", \"sectionName\": \"UK news\", \"fields\": {{\"headline\": \"Quay\", \"byline\": \"Ida Berg\", \"bodyText\": \"{TEXT}\"}}}}]}}}}"
    );
    let article = one(&guardian);
    assert_eq!((article.id.as_str(), article.text.as_str()), ("a/1", TEXT));
    assert_eq!(
        (article.title.as_deref(), article.url.as_deref(), article.section.as_deref()),
        (Some("Quay"), Some("https://norby.example/1"), Some("UK news"))
    );
    let search = format!(
        "{{\"hits\": {{\"hits\": [{{\"_id\": \"x\", \"_source\": {{\"Body\": \"{TEXT}\", \"Published At\": \"2019\"}}}}]}}}}"
    );
    let article = one(&search);
    assert_eq!(
        (article.id.as_str(), article.text.as_str(), article.date.as_deref()),
        ("x", TEXT, Some("2019"))
    );
    let pages = format!("[[{{\"maintext\": \"{TEXT}\"}}], [{{\"maintext\": \"b\"}}]]");
    assert_eq!(read(&pages).iter().flatten().count(), 2);
    let pages = format!(
        "[{{\"articles\": [{{\"body\": \"{TEXT}\"}}]}},\n{{\"articles\": [{{\"body\": \"b\"}}]}}]"
    );
    assert_eq!(read(&pages).iter().flatten().count(), 2);
}

#[test]
fn json_feed_ninjs_and_wordpress_hold_html() {
    let feed = format!(
        "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Norby Notes\", \"items\": [{{\"id\": \"1\", \"title\": \"Quay\", \"date_published\": \"2019-03-05T06:00:00Z\", \"authors\": [{{\"name\": \"Ida Berg\"}}, {{\"name\": \"Pia Holm\"}}], \"content_html\": \"<p>{TEXT}</p><p>More &amp; more.</p>\"}}]}}"
    );
    let article = one(&feed);
    assert_eq!(article.text, format!("{TEXT}\n\nMore & more."));
    assert_eq!(
        (article.outlet.as_deref(), article.byline.as_deref(), article.date.as_deref()),
        (Some("Norby Notes"), Some("Ida Berg, Pia Holm"), Some("2019-03-05T06:00:00Z"))
    );
    let ninjs = format!(
        "{{\n\"associations\": {{\"featuremedia\": {{\"body_text\": \"A picture\", \"headline\": \"P\"}}}},\n\"headline\": \"Quay\", \"byline\": \"By Ida Berg\", \"versioncreated\": \"2019-03-05T06:00:00+0000\", \"source\": \"Norwire\", \"guid\": \"tag:1\",\n\"body_html\": \"<p>{TEXT}</p>\"}}"
    );
    let article = one(&ninjs);
    assert_eq!((article.text.as_str(), article.id.as_str()), (TEXT, "tag:1"));
    assert_eq!(
        (article.title.as_deref(), article.outlet.as_deref()),
        (Some("Quay"), Some("Norwire"))
    );
    let second = format!(
        "{{\"uri\": \"x\",\n\"headlines\": [{{\"role\": \"main\", \"value\": \"Quay\"}}], \"bodies\": [{{\"contenttype\": \"text/html\", \"value\": \"<p>{TEXT}</p>\"}}]}}"
    );
    let article = one(&second);
    assert_eq!((article.text.as_str(), article.title.as_deref()), (TEXT, Some("Quay")));
    let wordpress = format!(
        "[{{\"id\": 7, \"date\": \"2019-03-05T06:00:00\", \"link\": \"https://norby.example/7\", \"title\": {{\"rendered\": \"Quay &#038; pier\"}}, \"content\": {{\"rendered\": \"<p>{TEXT}</p>\", \"protected\": false}}}}]"
    );
    let article = one(&wordpress);
    assert_eq!((article.text.as_str(), article.id.as_str()), (TEXT, "7"));
    assert_eq!(article.title.as_deref(), Some("Quay & pier"));
}

#[test]
fn an_item_whose_text_lies_elsewhere_keeps_its_head() {
    let item = "{\n\"data\": {\"item\": {\"altids\": {\"itemid\": \"5e\"}, \"headline\": \"BC-Quay\", \"provider\": \"NW\", \"versioncreated\": \"2019-07-03T04:05:12Z\", \"renditions\": {\"nitf\": {\"title\": \"Download\", \"href\": \"https://x\"}}}}\n}";
    let article = one(item);
    assert_eq!(
        (article.title.as_deref(), article.outlet.as_deref(), article.text.as_str()),
        (Some("BC-Quay"), Some("NW"), "")
    );
    assert!(article.date.is_some() && article.warnings[0].contains("holds no text"));
}

#[test]
fn a_path_reaches_inside_and_a_missing_column_lists_those_there_are() {
    let columns = Columns { text: "a.b".into(), title: "a.c.d".into(), ..Columns::default() };
    let rows = read_as(
        "[{\"a\": {\"b\": \"One.\", \"c\": [{\"d\": \"T\"}]}, \"body\": \"no\"}]",
        columns.clone(),
    );
    let article = rows[0].as_ref().expect("an article");
    assert_eq!((article.text.as_str(), article.title.as_deref()), ("One.", Some("T")));
    let rows = read_as("[{\"a\": {\"x\": 1, \"y\": 2}, \"body\": \"no\"}]", columns);
    let told = &rows[0].as_ref().expect_err("no such column").reason;
    assert!(told.contains("has no \"a.b\"; its columns are a.x, a.y, body"), "{told}");
    let rows = read("[{\"schema\": 2, \"id\": \"1\", \"axes\": {\"tone\": {}}}]");
    assert!(rows[0].as_ref().is_err_and(|r| r.reason.contains("--text")), "{rows:?}");
    // A column that somebody named is no other.
    let named = Columns { text: "missing".into(), ..Columns::default() };
    assert!(read_as("[{\"body\": \"x\"}]", named)[0].is_err());
}

#[test]
fn objects_over_several_lines_are_rows_with_their_lines() {
    let elements = "[{\"headlines\": {\"basic\": \"T\"}, \"content_elements\": [{\"type\": \"text\", \"content\": \"One <b>two</b>.\"}, {\"type\": \"image\"}, {\"type\": \"text\", \"content\": \"Three.\"}]}]";
    assert_eq!(one(elements).text, "One two.\n\nThree.");
    let rows = read("{\n \"text\": \"One.\"\n}\n{\n \"text\": \"Two.\"\n}\n");
    let places: Vec<&str> = rows.iter().flatten().map(|a| a.id.as_str()).collect();
    assert_eq!(places, ["t:1", "t:4"]);
    let rows = read(
        "[\n{\"id\": \"a\", \"paragraphs\": 1, \"content\": [\"One.\", \"Two.\"]},\n{\"id\": 5}\n]",
    );
    assert_eq!(rows[0].as_ref().map(|a| a.text.as_str()), Ok("One.\n\nTwo."));
    assert!(rows[1].as_ref().is_err_and(|r| r.line == Some(3) && r.id.as_deref() == Some("5")));
}

#[test]
fn broken_and_hostile_documents_are_told() {
    for (json, reason) in [
        ("[{\"text\": \"a\"}", "it ends in the middle"),
        ("[{\"text\": \"a\"}, 7]", "broken JSON"),
        ("[]", "without an object"),
        ("{\n\"n\": 1\n}", "has no \"text\"; its columns are n"),
    ] {
        let rows = read(json);
        let last = rows.last().expect("a row").as_ref().expect_err(reason);
        assert!(last.reason.contains(reason), "{}", last.reason);
    }
    let deep = format!("[{{\"text\": \"a\", \"b\": {}1{}}}]", "[".repeat(5000), "]".repeat(5000));
    assert!(read(&deep)[0].as_ref().is_err_and(|r| r.reason.starts_with("not a JSON object")));
    let wide = format!(
        "[{{\"n\": {{{}\"z\": 1}}}}]",
        (0..9999).map(|n| format!("\"{n}\": {{}}, ")).collect::<String>()
    );
    assert!(read(&wide)[0].is_err());
}

#[test]
fn articles_under_names_of_their_own_are_rows() {
    for json in [
        format!(
            "{{\"a1\": {{\"title\": \"A\", \"text\": \"{TEXT}\"}}, \"a2\": {{\"title\": \"B\", \"text\": \"{TEXT}\"}}}}"
        ),
        format!(
            "{{\"a1\": {{\n \"headline\": \"A\", \"body\": \"{TEXT}\"}},\n \"a2\": {{\"headline\": \"B\", \"body\": \"{TEXT}\"}}}}"
        ),
        format!(
            "{{\"status\": \"ok\", \"data\": {{\"a1\": {{\"title\": \"A\", \"content\": \"{TEXT}\"}}, \"a2\": {{\"title\": \"B\", \"content\": \"{TEXT}\"}}}}}}"
        ),
    ] {
        let rows = read(&json);
        let told: Vec<(&str, Option<&str>)> =
            rows.iter().flatten().map(|a| (a.id.as_str(), a.title.as_deref())).collect();
        assert_eq!(told, [("a1", Some("A")), ("a2", Some("B"))], "{json}");
    }
    // Parts of one article.
    let article = one(&format!(
        "{{\"headline\": {{\"text\": \"Quay\"}}, \"body\": {{\"text\": \"{TEXT}\"}}}}"
    ));
    assert_eq!(article.text, TEXT);
}

#[test]
fn block_quotations_of_html_stay_somebodys_words() {
    let article = one(&format!(
        "{{\"title\": \"A\", \"content_html\": \"<p>{TEXT}</p><blockquote>We stay.</blockquote>\"}}"
    ));
    let told = article.passages.iter().map(|p| (p.kind, p.span.slice(&article.text)));
    assert!(told.into_iter().any(|t| t == (crate::text::BlockKind::Blockquote, "We stay.")));
}
