//! Requests as a browser and others make them, over a real connection.

use super::{App, Setup, TrainSetup, guard};
use crate::article::Article;
use crate::label::{Annotator, Desk, Store};
use crate::score::Scorer;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

const TEXT: &str = "Ferry to return\n\n“The old pier is safe,” Mayor Ida Roth said on Monday. Critics call the plan a monstrous folly. It may open in May.\n";

struct Server {
    app: Arc<App>,
    dir: tempfile::TempDir,
    _runtime: tokio::runtime::Runtime,
}

fn app(labels: &Path, listener: &std::net::TcpListener) -> Arc<App> {
    let articles = ["a", "b", "c"].map(|id| Article::from_text(id, TEXT));
    let setup = Setup {
        desk: Desk::new(Store::new(labels), articles.to_vec()),
        who: Annotator::First,
        scorer: Scorer::builtin().unwrap(),
        train: TrainSetup { corpus: None, data: None, output: labels.join("models") },
        guide: "## One\nA **strong** word and `code`.\n".to_owned(),
        start: "/label",
    };
    Arc::new(App::new(setup, listener.local_addr().unwrap().port()).unwrap())
}

fn server() -> Server {
    let dir = tempfile::tempdir().unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let app = app(dir.path(), &listener);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let routes = guard::routes(app.clone());
    runtime.spawn(async move {
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        axum::serve(listener, routes).await.unwrap();
    });
    Server { app, dir, _runtime: runtime }
}

impl Server {
    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.app.port)
    }

    /// Status, headers and body of the answer to a request with these headers; a host is added unless one is given.
    fn send(&self, line: &str, headers: &[String], body: &[u8]) -> (u16, String, String) {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        let mut head =
            format!("{line} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|h| h.starts_with("Host:")) {
            head.push_str(&format!("Host: {}\r\n", self.host()));
        }
        headers.iter().for_each(|h| head.push_str(&format!("{h}\r\n")));
        stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        // Who refuses a long body may hang up before all of it is sent.
        let _refused = stream.write_all(body);
        let mut answer = Vec::new();
        let _reset = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        (status, head.to_lowercase(), body.to_owned())
    }

    fn cookie(&self) -> String {
        format!("Cookie: newsgauge-{}={}", self.app.port, self.app.token)
    }

    fn origin(&self) -> String {
        format!("Origin: http://{}", self.host())
    }

    fn get(&self, path: &str) -> (u16, String, String) {
        self.send(&format!("GET {path}"), &[self.cookie()], b"")
    }

    fn all(&self) -> Vec<String> {
        let form = format!("X-Newsgauge: {}", self.app.form_token);
        vec![self.cookie(), self.origin(), form, "Content-Type: application/json".to_owned()]
    }

    fn post(&self, path: &str, body: &str) -> (u16, String, String) {
        self.send(&format!("POST {path}"), &self.all(), body.as_bytes())
    }

    fn labels(&self) -> String {
        std::fs::read_to_string(self.dir.path().join("articles.csv")).unwrap_or_default()
    }
}

fn class(id: &str, value: &str) -> String {
    format!(r#"{{"id":"{id}","change":{{"what":"class","axis":"tone","value":"{value}"}}}}"#)
}

const PAGES: &[&str] = &[
    "/",
    "/label",
    "/story",
    "/outlets",
    "/article?id=a",
    "/read/1",
    "/assets/label.js",
    "/api/articles",
    "/api/article?id=a",
    "/api/marks?id=a",
    "/api/next?order=all",
    "/api/agreement",
    "/api/retrain",
    "/nothing",
];

#[test]
fn without_the_token_nobody_sees_anything() {
    let server = server();
    let wrong = format!("Cookie: newsgauge-{}={}", server.app.port, "0".repeat(64));
    for page in PAGES {
        for headers in [vec![], vec![wrong.clone()]] {
            let (status, _, body) = server.send(&format!("GET {page}"), &headers, b"");
            assert_eq!(status, 401, "{page}");
            assert!(!body.contains("Ferry") && !body.contains(&server.app.form_token), "{page}");
        }
    }
    assert_eq!(server.send("GET /?token=0", &[], b"").0, 401);
    assert_eq!(server.send("GET /?token=", &[], b"").0, 401);
}

#[test]
fn the_token_is_changed_for_a_cookie_and_leaves_the_address() {
    let server = server();
    let line = format!("GET /label?token={}", server.app.token);
    let (status, head, body) = server.send(&line, &[], b"");
    assert_eq!(status, 200);
    assert!(head.contains("httponly; samesite=strict"), "{head}");
    assert!(body.contains("url=/label\"") && !body.contains(&server.app.token));
    assert_eq!(server.get("/label").0, 200);
}

#[test]
fn wrong_hosts_and_foreign_pages_are_refused() {
    let server = server();
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"] {
        let headers = [format!("Host: {host}"), server.cookie()];
        assert_eq!(server.send("GET /label", &headers, b"").0, 403, "{host}");
    }
    let local = [format!("Host: localhost:{}", server.app.port), server.cookie()];
    assert_eq!(server.send("GET /label", &local, b"").0, 200);
    for foreign in ["Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"] {
        let headers = [server.cookie(), foreign.to_owned()];
        assert_eq!(server.send("GET /label", &headers, b"").0, 403, "{foreign}");
    }
    // A change needs all of cookie, origin and the page's own token.
    for left_out in 0..3 {
        let mut headers = server.all();
        headers.remove(left_out);
        let (status, ..) = server.send("POST /api/say", &headers, class("a", "mixed").as_bytes());
        assert!([401, 403].contains(&status), "{left_out}: {status}");
    }
    assert_eq!(server.labels(), "");
}

#[test]
fn every_answer_forbids_what_no_page_needs() {
    let server = server();
    for page in PAGES {
        for headers in [vec![], vec![server.cookie()]] {
            let (_, head, _) = server.send(&format!("GET {page}"), &headers, b"");
            for wanted in [
                "content-security-policy: default-src 'none'",
                "frame-ancestors 'none'",
                "cache-control: no-store",
                "x-content-type-options: nosniff",
                "referrer-policy: no-referrer",
            ] {
                assert!(head.contains(wanted), "{page}: {wanted}\n{head}");
            }
            assert!(!head.contains("unsafe"), "{page}");
        }
    }
}

#[test]
fn long_bodies_are_refused() {
    let server = server();
    let long = format!("{{\"id\":\"{}\"}}", "a".repeat(guard::LONGEST_CHANGE));
    assert_eq!(server.post("/api/say", &long).0, 413);
    assert_eq!(server.post("/api/read?name=a.txt", &"a ".repeat(guard::LONGEST_FILE)).0, 413);
    let (status, _, body) = server.post("/api/read?name=a.txt", TEXT);
    assert_eq!((status, body.as_str()), (200, r#"{"page":"/read/1"}"#));
    assert!(server.get("/read/1").2.contains("monstrous"));
}

#[test]
fn a_session_labels_undoes_and_tells_what_does_not_fit() {
    let server = server();
    let (status, _, body) = server.post("/api/say", &class("b", "mixed"));
    assert_eq!(status, 200, "{body}");
    assert_eq!(server.labels(), "article,axis,first,second,label\nb,tone,mixed,,mixed\n");
    let (_, _, next) = server.get("/api/next?order=unlabelled&after=b");
    assert!(next.contains(r#""id":"c""#), "{next}");
    assert_eq!(server.post("/api/say", &class("b", "angry")).0, 422);
    assert_eq!(server.post("/api/say", &class("z", "mixed")).0, 422);
    assert_eq!(server.post("/api/say", "{").0, 400);
    assert_eq!(server.post("/api/undo", "{}").2, r#"{"id":"b"}"#);
    assert_eq!(server.labels(), "article,axis,first,second,label\n");
    assert_eq!(server.post("/api/undo", "{}").2, r#"{"id":null}"#);
}

#[test]
fn two_servers_and_two_tabs_lose_nothing() {
    let (one, many) = (server(), 20);
    // Another process on the same folder.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let other = app(one.dir.path(), &listener);
    std::thread::scope(|scope| {
        for tab in 0..2 {
            let one = &one;
            scope.spawn(move || {
                for n in 0..many {
                    let value = ["neutral", "mixed", "loaded"][n % 3];
                    let id = ["a", "b"][tab];
                    assert_eq!(one.post("/api/say", &class(id, value)).0, 200);
                }
            });
        }
        scope.spawn(|| {
            for n in 0..many {
                let axis = ["sourcing", "genre", "hedging", "attribution"][n % 4];
                let value = ["weak", "report", "low", "dense"][n % 4].to_owned();
                let change = crate::label::Change::Class { axis: axis.to_owned(), value };
                other.desk.say("c", Annotator::Second, &change).unwrap();
            }
        });
    });
    let lines: Vec<String> = one.labels().lines().skip(1).map(str::to_owned).collect();
    assert_eq!(
        lines,
        [
            "a,tone,mixed,,mixed",
            "b,tone,mixed,,mixed",
            "c,attribution,,dense,dense",
            "c,hedging,,low,low",
            "c,sourcing,,weak,weak",
            "c,genre,,report,report",
        ]
    );
}
