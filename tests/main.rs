//! One binary for all tests that see the library from outside.

mod architecture;
mod catalog;
mod check;
mod cli;
mod corpus;
mod hostile;
mod html;
mod labels;
mod models;
mod names;
mod pages;
mod property;
mod readme;
mod registry;
mod speech;
mod story;
mod who;
