//! The models compiled into the program.

/// File name and contents of each, as they stand in `models/`.
pub const BUILTIN: &[(&str, &str)] = &[
    ("tone.json", include_str!("../../models/tone.json")),
    ("attribution.json", include_str!("../../models/attribution.json")),
    ("hedging.json", include_str!("../../models/hedging.json")),
    ("sourcing.json", include_str!("../../models/sourcing.json")),
    ("partisanship.json", include_str!("../../models/partisanship.json")),
    ("reliability.json", include_str!("../../models/reliability.json")),
    ("genre.json", include_str!("../../models/genre.json")),
    ("attribution-spans-1.json", include_str!("../../models/attribution-spans-1.json")),
    ("hedging-spans-1.json", include_str!("../../models/hedging-spans-1.json")),
    ("loaded-spans-1.json", include_str!("../../models/loaded-spans-1.json")),
    ("stance-spans-1.json", include_str!("../../models/stance-spans-1.json")),
    ("target-spans-1.json", include_str!("../../models/target-spans-1.json")),
];
