//! The models compiled into the program.

/// File name and contents of each, as they stand in `models/`.
pub const BUILTIN: &[(&str, &str)] = &[];
