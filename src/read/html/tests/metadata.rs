//! What pages tell of their article.

use super::{STORY, read, story};
use crate::article::Article;

#[test]
fn linked_data_goes_before_tags_and_tags_before_the_page() {
    let tags = "<html lang=en-GB><head><title>Bridge to close | Ostvik Courier</title><meta property=og:title content='Bridge to close'><meta property=og:site_name content='Ostvik Courier'>
        <meta property='article:published_time' content='2031-05-03T08:00:00Z'><meta name=author content='By Ilya Renn'><link rel=canonical href='https://www.courier.example/2031/05/02/bridge'>";
    let body =
        format!("<body><h1>Bridge to close</h1><span class=byline>By Mira Holt</span>{}", story());
    let page = read(&format!("{tags}{body}"));
    let known = |p: &Article| {
        [
            p.title.clone(),
            p.outlet.clone(),
            p.date.clone(),
            p.byline.clone(),
            p.declared_language.clone(),
        ]
        .map(Option::unwrap_or_default)
    };
    assert_eq!(
        known(&page),
        ["Bridge to close", "Ostvik Courier", "2031-05-03T08:00:00Z", "Ilya Renn", "en"]
    );
    let data = r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2031-05-02","author":{"name":"Ana Dorn"},"publisher":{"name":"Courier"}}</script>"#;
    let page = read(&format!("{tags}{data}{body}"));
    assert_eq!(
        (page.date.as_deref(), page.byline.as_deref()),
        (Some("2031-05-02"), Some("Ana Dorn"))
    );
    let bare = read(&format!(
        "<link rel=canonical href='https://www.courier.example/2031/05/02/bridge'>{body}"
    ));
    assert_eq!(known(&bare), ["Bridge to close", "courier.example", "2031-05-02", "Mira Holt", ""]);
    let shown = read(&format!(
        "<title>Bridge to close</title><body><p>Founded on 1 May 1990</p><h1>Bridge to close</h1><p>Friday, May 2nd, 2031, 8:00</p>{}",
        story()
    ));
    assert_eq!(shown.date.as_deref(), Some("May 2nd, 2031"));
}

#[test]
fn the_outlets_name_is_not_the_title() {
    let page = read(&format!(
        "<title>Bridge to close for weeks | Ostvik Courier</title><meta property=og:site_name content='Ostvik Courier'><body><h1>Ostvik Courier</h1>{}",
        story()
    ));
    assert_eq!(page.title.as_deref(), Some("Bridge to close for weeks"));
}

#[test]
fn a_byline_names_no_more_than_can_be_told_apart_in_time() {
    let letters =
        |n: u32| n.to_string().bytes().map(|b| char::from(b - b'0' + b'a')).collect::<String>();
    let authors: Vec<String> = (0..100_000).map(|n| format!("\"N{}\"", letters(n))).collect();
    let data = format!(
        "<script type='application/ld+json'>{{\"@type\":\"Article\",\"author\":[{}]}}</script>",
        authors.join(",")
    );
    let byline = read(&format!("{data}<body>{}", story())).byline.expect("a byline");
    assert!(byline.starts_with("Na, Nb, Nc") && byline.split(", ").count() == 64, "{byline}");
}

#[test]
fn who_comments_is_no_author() {
    let comment = "<div class=\"responses\"><div itemprop=\"comment\" itemscope><span itemprop=\"author\">grumpy</span><p itemprop=\"text\">Nonsense, all of it.</p></div></div>";
    assert_eq!(read(&format!("<body><article>{}</article>{comment}</body>", story())).byline, None);
    let signed = format!(
        "<body><article><span itemprop=\"author\">Ana Dorn</span>{}</article>{comment}</body>",
        story()
    );
    assert_eq!(read(&signed).byline.as_deref(), Some("Ana Dorn"));
}

#[test]
fn the_body_in_linked_data_stands_in_for_a_stub() {
    let body = STORY.join("\\n\\n").replace('"', "'");
    let page = read(&format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{body}"}}</script><body><p>The harbour bridge will close for nine weeks from Monday.</p>"#
    ));
    assert_eq!(page.text, STORY.join("\n\n"));
    assert!(page.warnings.iter().any(|w| w.contains("articleBody")), "{:?}", page.warnings);
}
