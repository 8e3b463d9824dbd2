//! What the pages share.

use super::page::Guide;
use super::retrain::{TrainSetup, Training};
use crate::article::Article;
use crate::label::{Annotator, Desk, Guesses};
use crate::score::Scorer;
use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// What is served.
pub struct Setup {
    /// Articles and the folder of their labels.
    pub desk: Desk,
    /// Who labels.
    pub who: Annotator,
    /// Models and word lists.
    pub scorer: Scorer,
    /// What is fitted on when somebody asks for it.
    pub train: TrainSetup,
    /// The labelling guide, in Markdown.
    pub guide: String,
    /// The page that is opened first: `/` or `/label`.
    pub start: &'static str,
}

/// Articles that were pasted or dropped and are kept to be looked at; older ones are forgotten.
const KEPT: usize = 20;

/// The pages' common state.
pub struct App {
    pub(super) desk: Desk,
    pub(super) who: Annotator,
    pub(super) guide: Guide,
    pub(super) train: TrainSetup,
    pub(super) training: Mutex<Training>,
    /// Whoever brings it may see the pages.
    pub(super) token: String,
    /// Whoever brings it, too, may change something: it stands in the pages, and no other server on this machine is sent it.
    pub(super) form_token: String,
    pub(super) port: u16,
    models: RwLock<Models>,
    read: Mutex<(usize, VecDeque<(usize, Article)>)>,
}

#[derive(Clone)]
struct Models {
    scorer: Arc<Scorer>,
    guesses: Option<Arc<Guesses>>,
}

/// A number that nobody guesses: 256 bits in hexadecimal.
fn secret() -> io::Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

impl App {
    /// The state of pages on a port.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn new(setup: Setup, port: u16) -> io::Result<Self> {
        Ok(App {
            guide: Guide::of(&setup.guide),
            desk: setup.desk,
            who: setup.who,
            train: setup.train,
            training: Mutex::default(),
            token: secret()?,
            form_token: secret()?,
            port,
            models: RwLock::new(Models { scorer: Arc::new(setup.scorer), guesses: None }),
            read: Mutex::default(),
        })
    }

    /// The address of a page with the token.
    #[must_use]
    pub fn address(&self, page: &str) -> String {
        format!("http://127.0.0.1:{}{page}?token={}", self.port, self.token)
    }

    /// What every changing request must bring in the header `x-newsgauge`.
    #[must_use]
    pub fn form_token(&self) -> &str {
        &self.form_token
    }

    pub(super) fn scorer(&self) -> Arc<Scorer> {
        self.models.read().unwrap_or_else(PoisonError::into_inner).scorer.clone()
    }

    pub(super) fn guesses(&self) -> Option<Arc<Guesses>> {
        self.models.read().unwrap_or_else(PoisonError::into_inner).guesses.clone()
    }

    pub(super) fn use_models(&self, scorer: Arc<Scorer>, guesses: Arc<Guesses>) {
        let mut models = self.models.write().unwrap_or_else(PoisonError::into_inner);
        *models = Models { scorer, guesses: Some(guesses) };
    }

    /// Scores the articles of the desk aside, so that the next one can be suggested.
    pub fn begin_scoring(self: &Arc<Self>) {
        let app = self.clone();
        std::thread::spawn(move || {
            let scorer = app.scorer();
            let guesses = Arc::new(Guesses::of(&scorer, &app.desk.articles));
            // A training that has ended in the meantime knows better.
            if app.guesses().is_none() {
                app.use_models(scorer, guesses);
            }
        });
    }

    fn read(&self) -> MutexGuard<'_, (usize, VecDeque<(usize, Article)>)> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps an article that was given to be read; under which number.
    pub(super) fn keep(&self, article: Article) -> usize {
        let mut read = self.read();
        read.0 += 1;
        let number = read.0;
        read.1.push_back((number, article));
        if read.1.len() > KEPT {
            read.1.pop_front();
        }
        number
    }

    /// An article that was kept.
    pub(super) fn kept(&self, number: usize) -> Option<Article> {
        self.read().1.iter().find(|(n, _)| *n == number).map(|(_, article)| article.clone())
    }

    /// What training says of itself.
    pub(super) fn training(&self) -> MutexGuard<'_, Training> {
        self.training.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
