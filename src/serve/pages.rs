//! What the report makes of articles, as pages of this server.

use super::app::App;
use super::guard::POLICY;
use crate::article::Article;
use crate::outlet::{Collector, Judged};
use crate::parallel;
use crate::report::html;
use crate::story::{Item, Story};

/// A page, and what it may do in the browser.
pub(super) struct Made {
    pub(super) page: String,
    pub(super) policy: String,
}

/// A page of the report with the policy that it declares itself: its own style and script by their hashes. One that declares none
/// may do what pages of this server may.
fn declared(page: String) -> Made {
    let opening = "http-equiv=\"Content-Security-Policy\" content=\"";
    // Words of the article come only behind the head.
    let head = page.split("</head>").next().unwrap_or_default();
    let policy = head.split_once(opening).and_then(|(_, rest)| rest.split_once('"'));
    let policy = policy.map_or(POLICY.to_owned(), |(policy, _)| {
        format!("{}; frame-ancestors 'none'", policy.replace("&#39;", "'"))
    });
    Made { page, policy }
}

/// The page of an article.
pub(super) fn article(app: &App, article: &Article) -> Made {
    declared(html::article_page(&app.scorer().score(article), Some("/")))
}

/// The articles of the desk side by side.
pub(super) fn story(app: &App) -> Made {
    let scorer = app.scorer();
    let items = parallel::map(&app.desk.articles, |article| Item::of(&scorer.score(article)));
    declared(html::story_page(&items, &Story::of(&items)))
}

/// The outlets of the desk's articles.
pub(super) fn outlets(app: &App) -> Made {
    let scorer = app.scorer();
    let judged = parallel::map(&app.desk.articles, |article| Judged::of(&scorer.score(article)));
    let mut collector = Collector::default();
    judged.iter().for_each(|one| collector.add(one));
    declared(html::outlets_page(&collector.summary(), None))
}
