//! From a record to an article.

use super::super::columns::add_targets;
use super::super::decode::Decoder;
use super::super::html::{self, Told};
use super::super::mojibake;
use super::super::{Options, Place};
use super::head::Head;
use super::http::{self, Message};
use crate::article::Article;

/// Said of an article whose page gives no date.
const CRAWLED: &str = "the date is the crawl's: the page gives none";

/// The article of a record; the reason when it has none.
pub(super) fn article(
    place: &Place,
    head: &Head,
    block: Vec<u8>,
    options: &Options,
) -> Result<Article, String> {
    let message = match head.field("WARC-Type") {
        Some(t) if t.eq_ignore_ascii_case("response") => http::read(block, options.longest())?,
        _ => Message { kind: head.field("Content-Type").map(str::to_ascii_lowercase), body: block },
    };
    if message.body.trim_ascii().is_empty() {
        return Err("an empty page".to_owned());
    }
    let kind = message.kind.as_deref().unwrap_or_default();
    let medium = kind.split(';').next().unwrap_or_default().trim();
    let mut article = match medium {
        "text/plain" => {
            let (text, warning) = Decoder::new().decode_told(message.body, charset(kind));
            let warnings = warning.into_iter().collect();
            let mut article = Article { text, warnings, ..Article::default() };
            mojibake::mend_or_tell(&mut article, options.repair);
            article
        }
        _ if medium.contains("html")
            || (medium.is_empty() && html::looks_like_it(&message.body)) =>
        {
            html::article(
                &message.body,
                Told {
                    charset: charset(kind),
                    url: head.address().as_deref(),
                    repair: options.repair,
                },
            )
        }
        "" => return Err("a record of no named kind, and no page".to_owned()),
        other => return Err(format!("a record of {other}, no page")),
    };
    let named = place.article(head.id().filter(|id| !id.is_empty()));
    article.id = named.id;
    article.source = named.source;
    article.url = article.url.or_else(|| head.address());
    if article.date.is_none() {
        article.date = head.field("WARC-Date").map(str::to_owned);
        article.warnings.extend(article.date.is_some().then(|| CRAWLED.to_owned()));
    }
    add_targets(&mut article, options);
    Ok(article)
}

/// The label in `text/html; charset=utf-8`.
fn charset(kind: &str) -> Option<&str> {
    let (_, value) = kind.split_once("charset=")?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    value.split([';', '"', '\'', ' ', ',']).next().filter(|label| !label.is_empty())
}
