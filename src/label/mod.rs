//! Labelling by hand: articles, what annotators say of them, and the files in which it stands.
//!
//! Everything that is said is written at once into the CSV files that `train` reads. Of these no byte moves that was not asked to:
//! see [`Store`]. Two annotators do not see each other's labels; a third sees both and decides where they differ.

mod agree;
mod change;
mod corpus;
mod derive;
mod desk;
mod disk;
mod edit;
mod exchange;
mod file;
mod place;
mod queue;
mod sheet;
mod store;

pub use agree::{Agreement, agreement};
pub use change::{Change, Statement, Stretch};
pub use corpus::write_corpus;
pub use desk::{Desk, Judged, Said, Seen};
pub use disk::LOCK;
pub use exchange::{EXCHANGES, Exchange};
pub use file::{ANNOTATORS, Annotator, is_real};
pub use queue::{Guesses, Next, ORDERS, Order, next};
pub use store::{Done, LabelError, Store};
