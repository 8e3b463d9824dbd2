//! The models compiled into the program.

/// File name and contents of each, as they stand in `models/`.
pub const BUILTIN: &[(&str, &str)] = &[("attribution-spans-1.json", include_str!("../../models/attribution-spans-1.json"))];
