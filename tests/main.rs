//! One binary for all tests that see the library from outside.

mod architecture;
mod corpus;
mod property;
