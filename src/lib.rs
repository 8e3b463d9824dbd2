//! newsgauge reads a news article and tells who said so, how sure they are, and in what tone.

pub mod article;
pub mod axis;
pub mod catalog;
pub mod check;
pub mod entity;
pub mod extract;
pub mod family;
pub mod feature;
pub mod label;
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
