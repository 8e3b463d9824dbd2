//! Questions and answers of the labelling page, in JSON.

use super::app::App;
use super::retrain::{self, Training};
use crate::label::{self, Change, LabelError, Order, Statement};
use crate::mark::SHOWN_FROM;
use crate::text::{OffsetUnit, Ruler, Span};
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An answer, or why there is none.
type Answer<T> = Result<Json<T>, (StatusCode, String)>;

fn told(error: LabelError) -> (StatusCode, String) {
    let status = match &error {
        LabelError::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (status, error.to_string())
}

/// Does what waits for the disk or computes long aside from the server's own threads.
async fn aside<T: Send + 'static>(
    app: Arc<App>,
    work: impl FnOnce(&App) -> Result<T, LabelError> + Send + 'static,
) -> Result<T, (StatusCode, String)> {
    match tokio::task::spawn_blocking(move || work(&app)).await {
        Ok(done) => done.map_err(told),
        Err(error) => Err((StatusCode::INTERNAL_SERVER_ERROR, error.to_string())),
    }
}

fn body<T>(body: Result<Json<T>, JsonRejection>) -> Result<T, (StatusCode, String)> {
    body.map(|Json(body)| body).map_err(|e| (e.status(), e.body_text()))
}

#[derive(Serialize)]
pub(super) struct Listed {
    id: String,
    title: String,
}

/// Every article of the desk.
pub(super) async fn articles(State(app): State<Arc<App>>) -> Json<Vec<Listed>> {
    let listed = app.desk.articles.iter().map(|a| {
        let first = a.text.lines().map(str::trim).find(|line| !line.is_empty());
        let title = a.title.clone().or_else(|| first.map(str::to_owned)).unwrap_or_default();
        Listed { id: a.id.clone(), title: title.chars().take(120).collect() }
    });
    Json(listed.collect())
}

#[derive(Deserialize)]
pub(super) struct Id {
    id: String,
}

/// An article as the annotator sees it.
pub(super) async fn article(
    State(app): State<Arc<App>>,
    Query(Id { id }): Query<Id>,
) -> Answer<label::Seen> {
    aside(app, move |app| app.desk.see(&id, app.who)).await.map(Json)
}

#[derive(Deserialize)]
pub(super) struct Say {
    id: String,
    change: Change,
}

/// Writes what the annotator says.
pub(super) async fn say(
    State(app): State<Arc<App>>,
    said: Result<Json<Say>, JsonRejection>,
) -> Answer<label::Seen> {
    let Say { id, change } = body(said)?;
    let done = aside(app, move |app| {
        app.desk.say(&id, app.who, &change)?;
        app.desk.see(&id, app.who)
    });
    done.await.map(Json)
}

#[derive(Serialize)]
pub(super) struct Undone {
    /// The article that was changed; none when there was nothing to take back.
    id: Option<String>,
}

/// Takes the annotator's last change back.
pub(super) async fn undo(State(app): State<Arc<App>>) -> Answer<Undone> {
    let id = aside(app, |app| app.desk.undo(app.who)).await?;
    Ok(Json(Undone { id }))
}

#[derive(Deserialize)]
pub(super) struct Ask {
    order: String,
    after: Option<String>,
}

/// The next article and why it comes next; null when none is left.
pub(super) async fn next(
    State(app): State<Arc<App>>,
    Query(ask): Query<Ask>,
) -> Answer<Option<label::Next>> {
    let Some(order) = Order::named(&ask.order) else {
        return Err((StatusCode::UNPROCESSABLE_ENTITY, "There is no such order.".to_owned()));
    };
    let done = aside(app, move |app| {
        let guesses = app.guesses();
        label::next(&app.desk, app.who, order, ask.after.as_deref(), guesses.as_deref())
    });
    done.await.map(Json)
}

#[derive(Deserialize)]
pub(super) struct Except {
    except: Option<String>,
}

/// How far two annotators agree.
pub(super) async fn agreement(
    State(app): State<Arc<App>>,
    Query(Except { except }): Query<Except>,
) -> Answer<Vec<label::Agreement>> {
    aside(app, move |app| label::agreement(&app.desk, app.who, except.as_deref())).await.map(Json)
}

/// What the program finds in an article, to be confirmed or mended.
#[derive(Serialize)]
pub(super) struct Found {
    statements: Vec<Statement>,
    hedged: Vec<[usize; 2]>,
    loaded: Vec<[usize; 2]>,
}

/// Probability from which a sentence is shown as hedged or loaded.
const LIKELY: f64 = 0.5;

/// The program's own marks; asked for by a key, since whoever labels should look first.
pub(super) async fn marks(
    State(app): State<Arc<App>>,
    Query(Id { id }): Query<Id>,
) -> Answer<Found> {
    let done = aside(app, move |app| {
        let Some(place) = app.desk.place(&id) else {
            return Err(LabelError::Refused(format!("no article is named {id:?}")));
        };
        let article = &app.desk.articles[place];
        let scorer = app.scorer();
        let scored = scorer.score(article);
        let (marks, sentences) = (&scored.marks, &scored.document.sentences);
        let ruler = Ruler::new(&article.text, OffsetUnit::Chars);
        let at = |s: &Span| [ruler.tell(s.from()), ruler.tell(s.to())];
        let pieces = |spans: &[Span]| spans.iter().map(at).collect::<Vec<_>>();
        let likely = |of: fn(&crate::mark::SentenceScore) -> f64| {
            let pairs = marks.sentences.iter().zip(sentences);
            pairs.filter(|(s, _)| of(s) >= LIKELY).map(|(_, s)| at(&s.span)).collect()
        };
        let statement = |a: &crate::mark::Attribution| Statement {
            source: pieces(&a.source),
            cue: pieces(&a.cue),
            content: pieces(&a.content),
            kind: a.kind.name().to_owned(),
            act: a.act.name().to_owned(),
            class: a.source_class.name().to_owned(),
            speaker: a.speakers.join("; "),
        };
        let sure = marks.attributions.iter().filter(|a| a.confidence >= SHOWN_FROM);
        Ok(Found {
            statements: sure.map(statement).collect(),
            hedged: likely(|s| s.hedged_by_guide),
            loaded: likely(|s| s.loaded),
        })
    });
    done.await.map(Json)
}

#[derive(Default, Deserialize)]
pub(super) struct Retrain {
    #[serde(default)]
    axes: Vec<String>,
}

/// Begins to train on the labels as they stand now.
pub(super) async fn retrain(
    State(app): State<Arc<App>>,
    asked: Result<Json<Retrain>, JsonRejection>,
) -> Answer<Training> {
    let Retrain { axes } = body(asked)?;
    retrain::begin(&app, &axes).map_err(|message| (StatusCode::CONFLICT, message))?;
    Ok(Json(app.training().clone()))
}

/// How far training is, or what came of it.
pub(super) async fn training(State(app): State<Arc<App>>) -> Json<Training> {
    Json(app.training().clone())
}
