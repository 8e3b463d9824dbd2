//! Pages with block quotations, with their text twice, with comments: what is the article's, and whose words are whose.

use newsgauge::article::Article;
use newsgauge::mark::Kind;
use newsgauge::read::read_page;
use newsgauge::score::Scorer;
use std::sync::LazyLock;

static SCORER: LazyLock<Scorer> = LazyLock::new(|| Scorer::builtin().expect("built in"));

const LEAD: &str = "<p>The council of Norby voted on Monday to close the north bridge for the winter. Mayor Ivo Marr said the piers had been weaker than the engineers had thought.</p>";
const TAIL: &str = "<p>Shopkeepers on the east bank said they had not been asked. The council has promised a ferry, which will run from June and be free of charge for pupils.</p>";

fn page(head: &str, body: &str, foot: &str) -> Article {
    let html = format!(
        "<!DOCTYPE html><html lang=en><head><title>Town closes the north bridge - Norby Post</title>{head}</head><body>\
        <nav><a href=/>Home</a></nav><article><h1>Town closes the north bridge</h1>{body}</article>{foot}<footer>© Norby Post</footer></body></html>"
    );
    read_page(html.as_bytes())
}

const QUOTED: &str = "The bridge is older than all of us. It should be left in shameful peace.";

#[test]
fn block_quotations_are_somebodys_words_however_they_are_signed() {
    for (quotation, speaker) in [
        (
            "<p>Mira Holt, a harbour pilot, wrote:</p><blockquote><p>Q</p></blockquote>",
            Some("Mira Holt"),
        ),
        (
            "<p>In a letter to the mayor, Mira Holt wrote:</p><blockquote>Q</blockquote>",
            Some("Mira Holt"),
        ),
        ("<blockquote><p>Q</p><cite>Mira Holt</cite></blockquote>", Some("Mira Holt")),
        (
            "<blockquote><p>Q</p><footer>Mira Holt, <cite title=x>harbour pilot</cite></footer></blockquote>",
            Some("Mira Holt"),
        ),
        ("<blockquote>Q <cite>Mira Holt</cite></blockquote>", Some("Mira Holt")),
        (
            "<figure class=pullquote><blockquote><p>“Q”</p></blockquote><figcaption>— Mira Holt, pilot</figcaption></figure>",
            Some("Mira Holt"),
        ),
        (
            "<div class=pullquote><p>“Q”</p><span class=pullquote__author>Mira Holt</span></div>",
            Some("Mira Holt"),
        ),
        ("<blockquote><p>Q</p></blockquote><p>-- Mira Holt, harbour pilot</p>", Some("Mira Holt")),
        ("<p>“Q”</p><p>— Mira Holt, harbour pilot</p>", Some("Mira Holt")),
        ("<p>“Q”</p><p>(Mira Holt, harbour pilot)</p>", Some("Mira Holt")),
        (
            "<p>Holt posted:</p><blockquote class=twitter-tweet><p lang=en>Q</p>&mdash; Mira Holt (@mholt) <a href=x>March 5, 2019</a></blockquote>",
            Some("Mira Holt"),
        ),
        (
            "<div class=social-embed><blockquote class=instagram-media><p>Q</p><p>A post shared by <a href=x>Mira Holt (@mholt)</a> on Mar 3</p></blockquote></div>",
            Some("Mira Holt"),
        ),
        ("<blockquote><p>Q</p></blockquote>", None),
    ] {
        let article = page("", &format!("{LEAD}{}{TAIL}", quotation.replace('Q', QUOTED)), "");
        let scored = SCORER.score(&article);
        let own = scored.marks.attributions.iter().find(|a| {
            let words: Vec<&str> = a.content.iter().map(|s| s.slice(&article.text)).collect();
            words.join(" ").trim_matches(['“', '”']) == QUOTED
        });
        let own = own.unwrap_or_else(|| panic!("no attribution: {quotation}\n{}", article.text));
        assert_eq!((own.kind, own.speaker()), (Kind::Direct, speaker), "{quotation}");
        let at = article.text.find("shameful").expect("a word") as u32;
        let token = scored.document.token_from(at);
        assert!(!scored.marks.is_own_voice(token), "{quotation}");
    }
}

#[test]
fn inline_quotations_show_their_marks() {
    let body = format!(
        "{LEAD}<p>Mira Holt said: <q>The bridge, my <q>old friend</q>, is safe.</q> She left.</p>{TAIL}"
    );
    let article = page("", &body, "");
    assert!(
        article.text.contains("said: “The bridge, my ‘old friend’, is safe.” She left."),
        "{}",
        article.text
    );
    let body = format!("{LEAD}<p>“<q>The bridge is safe,</q>” she said.</p>{TAIL}");
    assert!(page("", &body, "").text.contains("\n\n“The bridge is safe,” she said."));
}

#[test]
fn a_quotation_with_its_speaker_in_the_sentence_is_prose() {
    let body = format!(
        "{LEAD}<blockquote><p>“The bridge is safe,” said Mira Holt, a pilot. “It will stand.”</p></blockquote>{TAIL}"
    );
    let article = page("", &body, "");
    let scored = SCORER.score(&article);
    let found = scored.marks.attributions.iter().find(|a| a.kind == Kind::Direct).expect("one");
    assert_eq!((found.speaker(), found.content.len()), (Some("Mira Holt"), 2));
}

#[test]
fn a_text_that_stands_twice_is_read_once() {
    let whole = format!("{LEAD}{TAIL}");
    let once = page("", &whole, "").text;
    for twice in [
        format!("<div class=mobile>{whole}</div><div class=desktop>{whole}</div>"),
        format!("<div>{whole}</div><section><div>{whole}</div></section>"),
        format!("{whole}<h2>Town closes the north bridge</h2>{whole}"),
        format!("<div><p>By Ana Ott</p>{whole}</div><div class=print-only>{whole}</div>"),
        format!(
            "{LEAD}<aside class=x><blockquote><p>a ferry, which will run from June and be free</p></blockquote></aside>{TAIL}"
        ),
        format!(
            "{LEAD}<blockquote class=pull><p>The council has promised a ferry</p></blockquote>{TAIL}"
        ),
    ] {
        let text = page("", &twice, "").text;
        let bare = text.replace("By Ana Ott\n\n", "");
        assert_eq!(bare, once, "{twice}");
    }
}

#[test]
fn the_byline_is_no_readers() {
    let whole = format!("{LEAD}{TAIL}");
    for comments in [
        "<section id=comments><div class=comment><p class=author>Angry Reader</p><p>Shame on them all.</p></div></section>",
        "<div class=comment-list><span class=byline>Angry Reader</span><p>Shame on them all, I say.</p></div>",
        "<ol class=commentlist><li><cite class=author rel=author>Angry Reader</cite><p>Shame on all.</p></li></ol>",
        "<div id=disqus><a rel=author href=x>Angry Reader</a><p>Shame on them all, I say.</p></div>",
        "<aside class=related><h3><a href=x>Storm</a></h3><p class=author>Other Writer</p></aside>",
    ] {
        assert_eq!(page("", &whole, comments).byline, None, "{comments}");
        let signed = format!("<p class=byline>By Ana Ott</p>{whole}");
        assert_eq!(page("", &signed, comments).byline.as_deref(), Some("Ana Ott"), "{comments}");
    }
}

#[test]
fn lists_and_cards_stay_and_products_and_sources_go() {
    let recipe = page(
        "",
        &format!(
            "{LEAD}<ul><li>Six large onions</li><li>50 g butter</li></ul><ol><li>Slice the onions and fry them slowly.</li></ol>{TAIL}"
        ),
        "",
    );
    assert!(recipe.text.contains("Six large onions") && recipe.text.contains("Slice the onions"));
    let cards: String = ["Boat race", "Film night", "Open mill", "Night walk"]
        .iter()
        .map(|t| format!("<div class=card><h3><a href=x>{t}</a></h3><p>{t}: crews of eight row from the quay to the lighthouse and back.</p></div>"))
        .collect();
    let listing = page("", &format!("{LEAD}<div class=cards>{cards}</div>"), "");
    assert!(listing.text.contains("Night walk: crews"), "{}", listing.text);
    let table = "<table><tr><td>Norby Boots</td><td>$129.99</td></tr><tr><td>Raincoat</td><td>$79.00</td></tr></table>";
    let sources =
        "<details><summary>Sources</summary><ul><li>Council minutes of 3 March</li></ul></details>";
    let sold = page("", &format!("{LEAD}{table}{TAIL}{sources}"), "");
    assert!(!sold.text.contains("Raincoat") && !sold.text.contains("minutes"), "{}", sold.text);
}
