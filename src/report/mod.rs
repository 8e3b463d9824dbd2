//! Ways of showing scores: one file for each.
