//! What the report makes of articles, as pages of this server.

use super::app::App;
use crate::article::Article;
use crate::outlet::{Collector, Judged};
use crate::parallel;
use crate::report::{Explanation, Show, block, compare, markdown, outlets as by_outlet};
use crate::story::{Item, Story};
use askama::Template;

/// A page, and what it may do in the browser.
pub(super) struct Made {
    pub(super) page: String,
    pub(super) policy: String,
}

/// A report in plain text.
#[derive(Template)]
#[template(path = "serve/assets/plain.html")]
struct Plain<'a> {
    title: &'a str,
    text: &'a str,
}

fn plain(title: &str, text: &str) -> Made {
    // Templates write text into a String: nothing in them fails.
    let page = Plain { title, text: &block(text) }.render().unwrap_or_default();
    Made { page, policy: super::guard::POLICY.to_owned() }
}

/// The page of an article.
pub(super) fn article(app: &App, article: &Article) -> Made {
    let scorer = app.scorer();
    let scored = scorer.score(article);
    let explanation = Explanation::new(&scored, Show { text: true, ..Show::default() });
    plain(&article.id, &markdown::explain(&scored, &explanation))
}

/// The articles of the desk side by side.
pub(super) fn story(app: &App) -> Made {
    let scorer = app.scorer();
    let items = parallel::map(&app.desk.articles, |article| Item::of(&scorer.score(article)));
    plain("Story", &compare::text(&items, &Story::of(&items)))
}

/// The outlets of the desk's articles.
pub(super) fn outlets(app: &App) -> Made {
    let scorer = app.scorer();
    let judged = parallel::map(&app.desk.articles, |article| Judged::of(&scorer.score(article)));
    let mut collector = Collector::default();
    judged.iter().for_each(|one| collector.add(one));
    plain("Outlets", &by_outlet::text(&collector.summary(), None))
}
