//! Pages, and the files that they use.

use super::app::App;
use super::pages::{self, Made};
use crate::axis::{AXES, Judges};
use crate::label::{ANNOTATORS, Annotator};
use crate::read::{Options, Source, read_source};
use askama::Template;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use pulldown_cmark::{Event, Parser, html::push_html};
use serde::Deserialize;
use std::sync::Arc;

/// Files that pages use: name, kind, text.
const ASSETS: &[(&str, &str, &str)] = &[
    ("style.css", "text/css; charset=utf-8", include_str!("assets/style.css")),
    ("home.js", "text/javascript; charset=utf-8", include_str!("assets/home.js")),
    ("label.js", "text/javascript; charset=utf-8", include_str!("assets/label.js")),
];

/// A file.
pub(super) async fn asset(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|(n, ..)| *n == name) {
        Some((_, kind, text)) => ([(header::CONTENT_TYPE, *kind)], *text).into_response(),
        None => (StatusCode::NOT_FOUND, "There is no such file.").into_response(),
    }
}

/// The labelling guide, cut into sections.
pub(super) struct Guide {
    sections: Vec<Section>,
}

struct Section {
    title: String,
    /// HTML; what of HTML the guide itself holds is shown as it was written.
    body: String,
}

impl Guide {
    /// Cuts a guide in Markdown at its headings.
    pub(super) fn of(text: &str) -> Self {
        let sections = text.split("\n## ").enumerate().filter_map(|(at, part)| {
            let part = if at == 0 { part.strip_prefix("## ")? } else { part };
            let (title, body) = part.split_once('\n').unwrap_or((part, ""));
            let events =
                Parser::new_ext(body, pulldown_cmark::Options::ENABLE_TABLES).map(|event| {
                    match event {
                        Event::Html(told) | Event::InlineHtml(told) => Event::Text(told),
                        event => event,
                    }
                });
            let mut html = String::new();
            push_html(&mut html, events);
            Some(Section { title: title.to_owned(), body: html })
        });
        Guide { sections: sections.collect() }
    }
}

fn shown(template: &impl Template) -> Response {
    match template.render() {
        Ok(page) => Html(page).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

#[derive(Template)]
#[template(path = "serve/assets/home.html")]
struct Home<'a> {
    form_token: &'a str,
    articles: Vec<(&'a str, &'a str)>,
}

/// The first page: what can be read and done.
pub(super) async fn home(State(app): State<Arc<App>>) -> Response {
    let title = |a: &'_ crate::article::Article| a.title.is_some();
    let articles = app.desk.articles.iter().map(|a| {
        let first = a.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        (a.id.as_str(), if title(a) { a.title.as_deref().unwrap_or_default() } else { first })
    });
    shown(&Home { form_token: &app.form_token, articles: articles.collect() })
}

#[derive(Template)]
#[template(path = "serve/assets/label.html")]
struct Label<'a> {
    form_token: &'a str,
    who: &'static str,
    third: bool,
    guide: &'a Guide,
    labels: String,
    axes: Vec<(&'static str, &'static str, String)>,
}

/// The page on which articles are labelled.
pub(super) async fn label(State(app): State<Arc<App>>) -> Response {
    let axes = AXES.iter().filter(|a| a.judges == Judges::Readers);
    shown(&Label {
        form_token: &app.form_token,
        who: ANNOTATORS[app.who as usize].1,
        third: app.who == Annotator::Third,
        guide: &app.guide,
        labels: app.desk.store.dir().display().to_string(),
        axes: axes.map(|a| (a.name, a.doc, a.classes.join(" "))).collect(),
    })
}

#[derive(Deserialize)]
pub(super) struct Id {
    id: String,
}

/// The page of an article of the desk.
pub(super) async fn article(State(app): State<Arc<App>>, Query(id): Query<Id>) -> Response {
    match app.desk.place(&id.id) {
        Some(place) => made(app, move |app| pages::article(app, &app.desk.articles[place])).await,
        None => (StatusCode::NOT_FOUND, "There is no such article.").into_response(),
    }
}

/// The page of an article that was pasted or dropped.
pub(super) async fn read_article(
    State(app): State<Arc<App>>,
    Path(number): Path<usize>,
) -> Response {
    match app.kept(number) {
        Some(article) => made(app, move |app| pages::article(app, &article)).await,
        None => (StatusCode::NOT_FOUND, "It is no longer kept: open it again.").into_response(),
    }
}

/// The articles side by side.
pub(super) async fn story(State(app): State<Arc<App>>) -> Response {
    made(app, pages::story).await
}

/// The articles' outlets.
pub(super) async fn outlets(State(app): State<Arc<App>>) -> Response {
    made(app, pages::outlets).await
}

/// Makes a page aside: scoring takes its time.
async fn made(app: Arc<App>, make: impl FnOnce(&App) -> Made + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(move || make(&app)).await {
        Ok(made) => {
            let kind = (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned());
            ([kind, (header::CONTENT_SECURITY_POLICY, made.policy)], made.page).into_response()
        }
        Err(_) => {
            (StatusCode::INTERNAL_SERVER_ERROR, "The page could not be made.").into_response()
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Named {
    #[serde(default)]
    name: String,
}

/// Takes an article to be read, in any format; where its page is.
pub(super) async fn read(
    State(app): State<Arc<App>>,
    Query(named): Query<Named>,
    body: Bytes,
) -> Response {
    let article = tokio::task::spawn_blocking(move || {
        let name = if named.name.trim().is_empty() { "pasted.txt" } else { named.name.trim() };
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        let bytes = std::io::Cursor::new(body.to_vec());
        let source =
            Source::new(name.to_owned(), stem, bytes).map_err(|error| error.to_string())?;
        let row = read_source(source, Options::default()).next();
        let row = row.ok_or_else(|| "There is no article in it.".to_owned())?;
        row.read().map_err(|reject| reject.reason)
    });
    match article.await {
        Ok(Ok(article)) => {
            let number = app.keep(article);
            Json(serde_json::json!({ "page": format!("/read/{number}") })).into_response()
        }
        Ok(Err(reason)) => (StatusCode::UNPROCESSABLE_ENTITY, reason).into_response(),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "It could not be read.").into_response(),
    }
}
