//! newsgauge reads a news article and tells *who said so, how sure they are, and in what tone*: how much of it is attributed and
//! to whom, how far it hedges, how loaded its language is, which side it takes toward the people it names, and whether its sourcing
//! can be traced. Every number comes with the words of the article that made it. All of it runs here: no GPU, nothing is uploaded.
//!
//! # Score a text
//! Three lines. A [`Scorer`] holds word lists and models; make one (50 ms) and score any number of articles with it, from any
//! number of threads. Scoring cannot fail.
//!
//! ```
//! use newsgauge::{Article, Scorer};
//!
//! # let text = "The council of Norby voted on Monday to close the old harbour bridge. “We have no choice,” said the mayor, Ivo Marr, \
//! #     after the vote. The bridge was built in 1931 and carries six thousand cars a day. Engineers found cracks in two of its piers in \
//! #     March, according to a report that the council published. Residents of the east bank may have to drive for forty minutes to \
//! #     reach the hospital. “It is a naive plan,” said Ana Ott, who runs a café near the quay. The council expects the repairs to take \
//! #     two years and to cost nine million crowns. A ferry will run from June, and it will be free of charge for pupils and nurses.";
//! let article = Article::from_text("bridge", text);
//! let scorer = Scorer::builtin()?;
//! let scored = scorer.score(&article);
//! for score in &scored.scores {
//!     // `value` lies between the axis's first class (0) and its last (1), where its classes stand in an order.
//!     println!("{:<14}{:<10}{:?}", score.axis, score.class, score.value);
//! }
//! # assert!(scored.scores.iter().any(|s| s.axis == "tone" && s.class != "loaded"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//! An article of fewer than 100 words, or not in English, has marks and no scores: `scored.unscored` says why, and
//! [`Options::min_words`] changes it.
//!
//! # Who said what, and why this score
//! The marks hold the evidence as [`Span`]s of the article's text, in UTF-8 bytes; the vector holds the [`features`](feature::features);
//! an [`Explanation`] says what pushed a score up and down.
//!
//! ```
//! use newsgauge::{Article, Explanation, Options, Scorer, Show};
//!
//! let mut scorer = Scorer::builtin()?;
//! scorer.options = Options { min_words: 0, ..Options::default() };
//! let article = Article::from_text("1", "“We have no choice,” said Ivo Marr, the mayor of Norby. It may rain.");
//! let scored = scorer.score(&article);
//!
//! let said = &scored.marks.attributions[0];
//! assert_eq!(said.speakers, ["Ivo Marr"]);
//! assert_eq!(said.content[0].slice(&article.text), "“We have no choice,”");
//!
//! assert!(scored.vector.get("attribution.density").is_some_and(|share| share > 0.0));
//!
//! let explanation = Explanation::new(&scored, Show::default());
//! let hedging = explanation.axes.iter().find(|axis| axis.axis == "hedging").expect("scored");
//! for effect in &hedging.up {
//!     println!("{:+.2} {} {:?}", effect.contribution, effect.feature, effect.words(3).0);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Read files
//! [`read()`] takes files, folders and the standard input, in every format that the program knows, and gives rows: each is an article
//! or a [`Reject`] with its place and reason. [`report`] writes what the program writes.
//!
//! ```no_run
//! use newsgauge::{OffsetUnit, Scorer, Show, read, report};
//!
//! let scorer = Scorer::builtin()?;
//! let show = Show { marks: true, unit: OffsetUnit::Chars, ..Show::default() };
//! for row in read(vec!["news.jsonl".into()], read::Options::default()) {
//!     match row.read() {
//!         Ok(article) => {
//!             let line = report::json::article(&scorer.score(&article), show)?;
//!             println!("{}", String::from_utf8_lossy(&line));
//!         }
//!         Err(reject) => eprintln!("rejected: {reject}"),
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Fit the models on labels of your own
//! With the feature `train`. The folders are laid out as `labels/` and `corpus/` of the repository are.
//!
#![cfg_attr(feature = "train", doc = "```no_run")]
#![cfg_attr(not(feature = "train"), doc = "```ignore")]
//! use newsgauge::learn::train::{SEED, TrainOptions, train};
//! use newsgauge::{ModelSet, Options, Scorer};
//!
//! let options = TrainOptions {
//!     axes: Vec::new(),
//!     labels: "my/labels".into(),
//!     corpus: "my/corpus".into(),
//!     output: "my/models".into(),
//!     data: None,
//!     seed: SEED,
//!     command: "my program".to_owned(),
//! };
//! let report = train(&options, &mut |what| println!("{what}"))?;
//! println!("{report}");
//! let scorer = Scorer::new(ModelSet::from_dir("my/models".as_ref())?, Options::default())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Cargo features
//! `cli` (the program) and `train` (`learn`) are on by default; without them the library builds without clap, linfa and argmin, and
//! scores. `parquet` and `documents` (PDF) read more formats and take longer to build.

// What only fitting uses is not worth a mark at each place.
#![cfg_attr(not(feature = "train"), allow(dead_code, unused_imports))]

pub mod article;
pub mod axis;
pub mod catalog;
pub mod check;
pub mod entity;
pub mod extract;
pub mod family;
pub mod feature;
#[cfg(feature = "train")]
pub mod label;
#[cfg(feature = "train")]
pub mod learn;
pub mod lexicon;
pub mod linear;
pub mod mark;
pub mod model;
pub mod outlet;
mod parallel;
pub mod read;
pub mod report;
pub mod score;
#[cfg(feature = "serve")]
pub mod serve;
pub mod story;
pub mod table;
pub mod tagger;
pub mod text;

pub use article::Article;
pub use feature::FeatureVector;
pub use mark::{Attribution, Marks};
pub use model::ModelSet;
pub use read::{Reject, read};
pub use report::{Explanation, Show};
pub use score::{Options, Score, Scored, Scorer};
pub use story::Story;
pub use text::{OffsetUnit, Span};

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores, marks and vectors hold nothing of what they were made from.
    #[test]
    fn results_own_their_data_and_go_from_thread_to_thread() {
        fn goes<T: Send + Sync>() {}
        fn owns<T: Send + Sync + 'static>() {}
        goes::<Scored<'_>>();
        owns::<(Scorer, Article, Reject)>();
        owns::<(Score, Marks, FeatureVector, Story)>();
    }
}
