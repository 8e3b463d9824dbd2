//! All tests of the program from outside, in one binary: one folder or file for each subject.

mod catalog;
mod cli;
