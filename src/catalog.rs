//! What there is to know of families, features and axes, for people.
