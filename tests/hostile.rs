//! Text that nobody wrote, to show that its cost grows with its size and no faster: for the tests and the benchmark.

/// What it is, and how many bytes of it are made.
pub(crate) type Hostile = (&'static str, fn(usize) -> String);

/// Every kind.
pub(crate) const HOSTILE: &[Hostile] = &[
    ("quotation marks", |n| "\"".repeat(n)),
    ("one line", |n| "He said that it was so, and she did not. ".repeat(n / 41)),
    ("nested quotes", |n| {
        format!("{}word{} ", "“‘".repeat(1000), "’”".repeat(1000)).repeat(n / 12_005 + 1)
    }),
    ("punctuation", |n| "?!,.;:".repeat(n / 6)),
    ("capitals", |n| {
        (0..n / 7).map(|i| format!("N{:05} ", i % 99_999).replace('0', "a")).collect()
    }),
    ("one surname", |n| (0..n / 25).map(|i| format!("We met N{i:05} Dorn today. ")).collect()),
    ("no spaces", |n| "a".repeat(n)),
];
