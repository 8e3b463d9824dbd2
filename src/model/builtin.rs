//! The models compiled into the program.

/// File name and contents of each, as they stand in `models/`.
pub const BUILTIN: &[(&str, &str)] = &[("stance-spans-1.json", include_str!("../../models/stance-spans-1.json"))];
