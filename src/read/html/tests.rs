//! Invented pages, one for each rule.

mod metadata;

use super::page::{Told, article};
use crate::article::Article;

/// Paragraphs long enough to be an article.
const STORY: [&str; 4] = [
    "The harbour bridge will close for nine weeks from Monday, the port of Ostvik said, after divers found cracks in two of its piers.",
    "“We would rather close it now than in January,” said Mira Holt, who runs the port. She added that ferries would carry commuters meanwhile.",
    "The town council, which pays for the ferries, has set aside 1.2 million crowns, though members doubt that this will be enough for the autumn.",
    "Shopkeepers on the northern bank fear for their trade, and some of them plan to keep a launch of their own running until late in the evening.",
];

fn story() -> String {
    STORY.iter().map(|p| format!("<p>{p}</p>\n")).collect()
}

fn read(html: &str) -> Article {
    article(html.as_bytes(), Told::default())
}

/// Words left out for a reason.
fn left(page: &Article, reason: &str) -> usize {
    page.left_out.iter().find(|l| l.reason == reason).map_or(0, |l| l.words)
}

/// The page gives the story and nothing else.
fn is_story(page: &Article) {
    assert_eq!(page.text, STORY.join("\n\n"));
}

#[test]
fn paragraphs_are_kept_apart_and_lines_folded() {
    let page = read(
        "<body><div><p>One  line\n of a <b>bold</b>er text, which goes on for a good while here.</p>Text between, also long enough to be read as prose here.<br>Its second line follows the first, as in a poem or a list.<br><br>After two breaks a paragraph begins, as people see it on the page.</div>",
    );
    let lines = [
        "One line of a bolder text, which goes on for a good while here.",
        "",
        "Text between, also long enough to be read as prose here.",
        "Its second line follows the first, as in a poem or a list.",
        "",
        "After two breaks a paragraph begins, as people see it on the page.",
    ];
    assert_eq!(page.text, lines.join("\n"));
}

#[test]
fn what_stands_around_an_article_is_left_out_with_reasons() {
    let page = read(&format!(
        "<html><body><nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>
        <div class='main-col'><h1>Bridge to close for nine weeks</h1><p class=byline>By Ana Dorn</p>
        <div class=share-tools><p>Share this on every network that there is in the world today.</p></div>
        <div class=article-text>{}
        <figure><img src=a.jpg><figcaption>The bridge of Ostvik, seen from the northern bank. Photo: Ilya Renn</figcaption></figure>
        <div class='newsletter-box'><p>Get the best of the harbour in your inbox, every morning, for nothing.</p></div>
        <div class='ad-slot'>Advertisement</div></div>
        <div id=comments><p>I have been saying this for years, and nobody in the council ever listened to a word of it.</p></div>
        <div class=relatedPosts><p>Ferry captain wins prize for the longest crossing, in spite of the storm.</p></div></div>
        <footer><p>© Ostvik Courier, all rights reserved, for ever and a day.</p></footer></body></html>",
        story()
    ));
    is_story(&page);
    assert_eq!(page.title.as_deref(), Some("Bridge to close for nine weeks"));
    for reason in [
        "navigation",
        "share",
        "caption",
        "subscription",
        "advertisement",
        "comments",
        "related-links",
        "byline",
    ] {
        assert!(left(&page, reason) > 0, "{reason} in {:?}", page.left_out);
    }
}

#[test]
fn names_of_the_whole_page_cut_nothing() {
    for class in [
        "has-sidebar",
        "no-comments",
        "page-with-comments related",
        "newsletter hidden",
        "label-hidden",
    ] {
        is_story(&read(&format!(
            "<body class='{class}'><div class='{class}'><div>{}</div></div></body>",
            story()
        )));
    }
}

#[test]
fn comments_longer_than_the_article_are_left_out() {
    let comment = "<div class=comment><p>This is what comes of it, and I would like to add that nothing was ever better, not even in the old days, when it all began.</p></div>";
    let page = read(&format!(
        "<body><article><h1>Bridge to close</h1>{}</article><section class=comments>{}</section>",
        story(),
        comment.repeat(30)
    ));
    is_story(&page);
    assert!(left(&page, "comments") > 500);
}

#[test]
fn teasers_of_other_articles_are_left_out() {
    let teaser = "<article><h2><a href=/x>Ferry captain wins the prize</a></h2><p>He crossed the bay in spite of the storm, and nobody on board was even wet.</p></article>";
    is_story(&read(&format!(
        "<body><main><article><h1>Bridge to close</h1>{}</article>{}</main>",
        story(),
        teaser.repeat(8)
    )));
}

#[test]
fn two_parts_of_one_article_are_joined() {
    let parts: Vec<String> =
        STORY.chunks(2).map(|half| half.iter().map(|p| format!("<p>{p}</p>")).collect()).collect();
    is_story(&read(&format!(
        "<body><div id=a><section><div class=x>{}</div><aside>Advertisement</aside><div class=x>{}</div></section></div>",
        parts[0], parts[1]
    )));
}

#[test]
fn the_next_article_on_an_endless_page_is_not_joined() {
    let next =
        "<p>Another matter altogether fills the pages below, and it has nothing to do with the harbour, the port or its bridge at all.</p>".repeat(3);
    is_story(&read(&format!(
        "<body><div><article><h1>Bridge to close</h1>{}</article><article><h1>Another matter</h1>{next}</article></div>",
        story()
    )));
}

#[test]
fn a_live_blog_keeps_its_entries() {
    let entries: String = STORY
        .iter()
        .map(|p| format!("<article class=post><h3><a href=#1>09:41</a></h3><p>{p}</p></article>"))
        .collect();
    let data = r#"<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Bridge: live"}</script>"#;
    let page =
        read(&format!("<head>{data}</head><body><main><h1>Bridge: live</h1>{entries}</main>"));
    assert!(STORY.iter().all(|p| page.text.contains(p)), "{}", page.text);
}

#[test]
fn labels_and_their_links_are_left_out() {
    let page = read(&format!(
        "<body><div>{}<p>READ MORE: <a href=/a>Ferry captain wins prize</a></p><h3>More from the harbour</h3><ul><li><a href=/b>Storm over the bay</a><li><a href=/c>New ropes</a></ul></div>",
        story()
    ));
    is_story(&page);
}

#[test]
fn what_is_hidden_within_a_line_is_left_out() {
    let page = read(&format!(
        "<body><div>{}<p>The port<span class=tooltip> (an office of the town)</span> said<span style='display: none'> nothing</span> that it would report weekly, in writing.</p></div>",
        story()
    ));
    assert!(
        page.text.ends_with("The port said that it would report weekly, in writing."),
        "{}",
        page.text
    );
}

#[test]
fn what_stands_above_the_headline_is_left_out() {
    let ticker = "<div class=top><p>Storm warning for the whole coast until the morning, the weather office said.</p></div>";
    is_story(&read(&format!(
        "<title>Bridge to close for nine weeks - Ostvik Courier</title><body><div>{ticker}<h2>Bridge to close for nine weeks</h2>{}</div>",
        story()
    )));
}

#[test]
fn walls_are_told() {
    let consent = "<body><div><h2>We value your privacy</h2><p>We and our partners store and access information on a device, such as cookies, and process personal data, with your consent, as our privacy policy explains.</p><button>Accept all</button></div>";
    let page = read(consent);
    assert!(page.text.is_empty() && page.warnings[0].contains("consent"), "{:?}", page.warnings);
    assert!(left(&page, "cookie-notice") > 20, "{:?}", page.left_out);
    let pay = format!(
        "<body><div><p>{}</p><p>The town council has set aside…</p></div><div class=offer><p>Already a subscriber? Log in.</p><p>Subscribe to continue reading this article.</p></div>",
        STORY[0]
    );
    assert!(read(&pay).warnings.iter().any(|w| w.contains("paywall")));
    assert!(
        read("<body><p>Please enable JavaScript to view this page.</p>").warnings[0]
            .contains("JavaScript")
    );
    assert!(read("<body><img src=a.jpg></body>").warnings[0].contains("no article"));
    is_story(&read(&format!(
        "<body><div>{}</div><div id=cookie-banner><p>We use cookies. Accept all, or read our privacy policy about your consent.</p></div>",
        story()
    )));
}

#[test]
fn an_article_about_cookies_is_an_article() {
    let about: String = (0..6)
        .map(|n| format!("<p>{} The cookie law of year {n}, its critics say, has brought notices and little privacy.</p>", STORY[n % 4]))
        .collect();
    let page = read(&format!(
        "<body><div>{about}<p>A privacy policy is no substitute for consent, the ministry said.</p></div>"
    ));
    assert!(
        page.text.contains("The cookie law of year 5") && page.warnings.is_empty(),
        "{:?}",
        page.warnings
    );
}

#[test]
fn encodings_are_found() {
    let html = format!(
        "<meta charset=windows-1251><body><div>{}<p>Порт Оствика, однако, молчит, как и прежде, и ничего не сообщает.</p></div>",
        story()
    );
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&html);
    let page = article(&bytes, Told::default());
    assert!(
        page.text.ends_with("Порт Оствика, однако, молчит, как и прежде, и ничего не сообщает.")
    );
    assert_eq!(page.warnings[0], "decoded from windows-1251");
}

/// Nothing in here is a page; all of it is read in bounded time without a panic.
#[test]
fn hostile_pages_are_read() {
    let n = 100_000;
    let nested = format!("{}deep{}", "<div>".repeat(n), "</div>".repeat(n));
    let lying = "<div></span></p></div></td><table><p></div>".repeat(n / 10);
    let formats = "<b><i><a href=x><font color=red><p>".repeat(n / 10);
    let attributes = format!("<p {}>text</p>", "class=ad id=x ".repeat(n));
    let list = "<li><ul>".repeat(n / 10);
    let cells = "<table><tr><td>".repeat(n / 10);
    let breaks = format!("<p>{}", "a<br>".repeat(n));
    let scripts = "<script type='application/ld+json'>{".repeat(n / 10);
    let nulls = "\0<p>\0\u{1}a\0</p>\0".repeat(n / 10);
    let titles = format!(
        "{}{}",
        "<meta name=headline content=q>".repeat(n),
        format!("<h1>{}</h1>", "a b c d e f g h ".repeat(60)).repeat(20)
    );
    let open =
        ["<", "<!--", "<!doctype", "<a href='", "<script>", "<title>", "&", "&#x", "<p style=\""]
            .map(|o| format!("<p>text {o}"));
    for html in
        [&nested, &lying, &formats, &attributes, &list, &cells, &breaks, &scripts, &nulls, &titles]
            .into_iter()
            .chain(&open)
    {
        let start = std::time::Instant::now();
        let page = read(html);
        assert!(start.elapsed().as_secs() < 20, "{}: too slow", &html[..20]);
        drop(page);
    }
    assert!(read(&nested).text.contains("deep"));
    let ends_deep = format!("{}{}", "<div>".repeat(n), story());
    assert!(read(&ends_deep).text.contains(STORY[3]), "text below the deepest level is kept");
    let bytes: Vec<u8> = (0..=255u8).cycle().take(1 << 20).collect();
    drop(article(&bytes, Told::default()));
}

#[test]
fn sentences_that_begin_like_labels_stay() {
    let lines = [
        "Posted on a wall of the port by somebody who signed with a fish, the notice names every cracked pier and the day on which it was found.",
        "More news of the ferries is expected on Friday, when the council meets again, and shopkeepers are said to be preparing questions.",
    ];
    let page = read(&format!(
        "<body><div>{}<p>{}</p><p>Posted on 2 May 2031</p><p>{}</p></div>",
        story(),
        lines[0],
        lines[1]
    ));
    assert!(page.text.ends_with(&lines.join("\n\n")), "{}", page.text);
}

#[test]
fn marks_of_footnotes_are_not_text_and_powers_are() {
    let notes = [
        "<sup><a href=\"#n1\">1</a></sup>",
        "<a href=\"#note-12\">[12]</a>",
        "<sup id=\"r\"><a class=\"fn\" href=\"#fn\">[a]</a></sup>",
        "<a href=\"#fn\"><sup>†</sup></a>",
        "<a href=\"#fn3\">(3)</a>",
    ];
    for note in notes {
        let html = format!("<body>{}<p>It was built in 1931.{note} It rains.</p></body>", story());
        assert!(read(&html).text.ends_with("built in 1931. It rains."), "{note}");
    }
    let kept = "<p>The yard has 40 m<sup>2</sup>, see <a href=\"#map\">the map</a> and <a href=\"/5\">5</a>.</p>";
    let html = format!("<body>{}{kept}</body>", story());
    assert!(read(&html).text.ends_with("40 m2, see the map and 5."), "{}", read(&html).text);
}
