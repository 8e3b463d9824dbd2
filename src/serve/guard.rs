//! Who may see the pages, and what they may do in the browser.
//!
//! A request must be for this address (`Host`: a name that an attacker points at this machine is another), come from no foreign page
//! (`Origin`, `Sec-Fetch-Site`), and bring the token: once in the address, then in a cookie that no script reads and no other site
//! sends. Cookies know no ports, so that other servers on this machine may be sent it; hence a change needs a second token, which
//! stands in the pages only.

use super::app::App;
use super::{label, page};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::sync::Arc;

/// Most bytes of a change.
pub(super) const LONGEST_CHANGE: usize = 64 << 10;
/// Most bytes of a file that is opened.
pub(super) const LONGEST_FILE: usize = 8 << 20;

/// What a page may do: its own style and script and nothing else.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Every page and question.
pub(super) fn routes(app: Arc<App>) -> Router {
    let changes = Router::new()
        .route("/api/say", post(label::say))
        .route("/api/undo", post(label::undo))
        .route("/api/retrain", post(label::retrain).get(label::training))
        .layer(DefaultBodyLimit::max(LONGEST_CHANGE));
    let files = Router::new()
        .route("/api/read", post(page::read))
        .layer(DefaultBodyLimit::max(LONGEST_FILE));
    Router::new()
        .route("/", get(page::home))
        .route("/label", get(page::label))
        .route("/read/{number}", get(page::read_article))
        .route("/article", get(page::article))
        .route("/story", get(page::story))
        .route("/outlets", get(page::outlets))
        .route("/assets/{name}", get(page::asset))
        // Browsers ask for it.
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .route("/api/articles", get(label::articles))
        .route("/api/article", get(label::article))
        .route("/api/marks", get(label::marks))
        .route("/api/next", get(label::next))
        .route("/api/agreement", get(label::agreement))
        .merge(changes)
        .merge(files)
        .fallback(|| async { refuse(StatusCode::NOT_FOUND, "There is no such page.") })
        .layer(from_fn_with_state(app.clone(), guard))
        .with_state(app)
}

fn refuse(status: StatusCode, message: &'static str) -> Response {
    (status, message).into_response()
}

async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let response = match admit(&app, &request) {
        Ok(()) => next.run(request).await,
        Err(response) => *response,
    };
    harden(response)
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|v| v.to_str().ok())
}

fn admit(app: &App, request: &Request) -> Result<(), Box<Response>> {
    let headers = request.headers();
    let hosts = ["127.0.0.1", "localhost"].map(|host| format!("{host}:{}", app.port));
    let mut given = headers.get_all(header::HOST).iter();
    let host = given.next().and_then(|h| h.to_str().ok());
    if given.next().is_some() || !hosts.iter().any(|h| Some(h.as_str()) == host) {
        return Err(Box::new(refuse(StatusCode::FORBIDDEN, "Wrong host.")));
    }
    let changes = request.method() != Method::GET && request.method() != Method::HEAD;
    let origin = text(headers, "origin");
    let own = |origin: &str| host.is_some_and(|host| origin == format!("http://{host}"));
    let foreign = match (headers.contains_key("origin"), origin) {
        (true, origin) => !origin.is_some_and(own),
        // A browser names the origin of every change.
        (false, _) => changes,
    };
    let site = text(headers, "sec-fetch-site");
    let tokened = token_of(request);
    let arrives = !changes && tokened.is_some() && origin.is_none();
    let elsewhere = site.is_some_and(|s| s != "same-origin" && s != "none");
    if foreign || (elsewhere && !arrives) {
        return Err(Box::new(refuse(StatusCode::FORBIDDEN, "Wrong origin.")));
    }
    if let Some(token) = tokened {
        if changes || !same(token, &app.token) {
            return Err(Box::new(refuse(StatusCode::UNAUTHORIZED, "Wrong token.")));
        }
        return Err(Box::new(welcome(app, request.uri().path())));
    }
    let name = cookie_name(app.port);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut all = cookies.flat_map(|c| c.split(';')).filter_map(|c| c.trim().split_once('='));
    if !all.any(|(n, value)| n == name && same(value, &app.token)) {
        return Err(Box::new(refuse(
            StatusCode::UNAUTHORIZED,
            "Open the address that the program printed, with its token.",
        )));
    }
    let form = text(headers, "x-newsgauge").unwrap_or_default();
    if changes && !same(form, &app.form_token) {
        return Err(Box::new(refuse(
            StatusCode::FORBIDDEN,
            "The page is of another run: load it again.",
        )));
    }
    Ok(())
}

fn cookie_name(port: u16) -> String {
    format!("newsgauge-{port}")
}

fn token_of(request: &Request) -> Option<&str> {
    let query = request.uri().query()?;
    query.split('&').find_map(|part| part.strip_prefix("token="))
}

/// Compares without telling by the time how much was right.
fn same(given: &str, wanted: &str) -> bool {
    let differ = given.bytes().zip(wanted.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    given.len() == wanted.len() && differ == 0
}

/// Gives the cookie and goes on to the page by a link of our own: after a redirect from a foreign place a browser would keep the cookie
/// back.
fn welcome(app: &App, path: &str) -> Response {
    let path = if path == "/label" { "/label" } else { "/" };
    let cookie =
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", cookie_name(app.port), app.token);
    let body = format!(
        "<!doctype html><meta charset=utf-8><title>newsgauge</title><meta http-equiv=refresh content=\"0;url={path}\"><a href=\"{path}\">newsgauge</a>"
    );
    let kind = (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned());
    ([kind, (header::SET_COOKIE, cookie)], body).into_response()
}

/// Headers of every response.
fn harden(mut response: Response) -> Response {
    let fixed = [
        ("cache-control", "no-store"),
        ("content-security-policy", POLICY),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
    ];
    for (name, value) in fixed {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
