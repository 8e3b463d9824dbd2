//! The files of a labels folder: what their columns hold, whose each cell is, and where a new row belongs.

use crate::axis::AXES;
use crate::learn::reading::{ATTRIBUTIONS, CLASSES, MENTIONS, SENTENCES, TARGETS};
use crate::text::OffsetUnit;

/// Who labels: two annotators who do not see each other's labels, and one who sees both and decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Annotator {
    /// Writes the columns `first`.
    First,
    /// Writes the columns `second`.
    Second,
    /// Sees both, and writes what is decided.
    Third,
}

/// Every annotator, with the name that arguments and pages use.
pub const ANNOTATORS: &[(Annotator, &str)] =
    &[(Annotator::First, "first"), (Annotator::Second, "second"), (Annotator::Third, "third")];

impl Annotator {
    /// The annotator of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        ANNOTATORS.iter().find(|(_, n)| *n == name).map(|(a, _)| *a)
    }

    /// The name that arguments and pages use.
    #[must_use]
    pub fn name(self) -> &'static str {
        ANNOTATORS[self as usize].1
    }
}

/// Something that two annotators judge and a third decides where they differ.
#[derive(Debug)]
pub(crate) struct Field {
    /// Name in changes.
    pub(crate) name: &'static str,
    /// Columns of the two annotators; files may lack them.
    pub(crate) said: [&'static str; 2],
    /// Columns of what is decided; a value of several words is divided among several.
    pub(crate) label: &'static [&'static str],
    /// What a new row says of this field when another one is judged.
    pub(crate) plain: &'static str,
}

/// A file of labels.
#[derive(Debug)]
pub(crate) struct LabelFile {
    pub(crate) name: &'static str,
    /// Columns of a new file.
    pub(crate) columns: &'static [&'static str],
    /// Columns that tell a row from all others.
    pub(crate) key: &'static [&'static str],
    pub(crate) fields: &'static [Field],
    /// Unit of its places.
    pub(crate) unit: OffsetUnit,
    /// Rows of one article go by axis as [`AXES`] stand, not by name.
    pub(crate) by_axis: bool,
}

const CLASS: Field =
    Field { name: "class", said: ["first", "second"], label: &["label"], plain: "" };
const HEDGED: Field = Field {
    name: "hedged",
    said: ["first_hedged", "second_hedged"],
    label: &["hedged"],
    plain: "0",
};
const LOADED: Field = Field {
    name: "loaded",
    said: ["first_loaded", "second_loaded"],
    label: &["loaded"],
    plain: "0",
};
const ROLE: Field =
    Field { name: "role", said: ["first_role", "second_role"], label: &["role"], plain: "" };

/// What is labelled, each in a file for own articles and one for articles of public sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    Classes,
    Sentences,
    Targets,
    Mentions,
    Attributions,
}

static OWN: &[(What, LabelFile)] = &[
    (
        What::Classes,
        LabelFile {
            name: "articles.csv",
            columns: &["article", "axis", "first", "second", "label"],
            key: &["article", "axis"],
            fields: &[CLASS],
            unit: OffsetUnit::Bytes,
            by_axis: true,
        },
    ),
    (
        What::Sentences,
        LabelFile {
            name: "sentences.csv",
            columns: &[
                "article",
                "start",
                "end",
                "text",
                "first_loaded",
                "second_loaded",
                "loaded",
                "first_hedged",
                "second_hedged",
                "hedged",
            ],
            key: &["article", "start", "end"],
            fields: &[LOADED, HEDGED],
            unit: OffsetUnit::Bytes,
            by_axis: false,
        },
    ),
    (
        What::Targets,
        LabelFile {
            name: "stance.csv",
            columns: &[
                "article",
                "target",
                "first",
                "second",
                "label",
                "first_role",
                "second_role",
                "role",
            ],
            key: &["article", "target"],
            fields: &[
                Field {
                    name: "stance",
                    said: ["first", "second"],
                    label: &["label"],
                    plain: "neutral",
                },
                ROLE,
            ],
            unit: OffsetUnit::Bytes,
            by_axis: false,
        },
    ),
    (
        What::Attributions,
        LabelFile {
            name: "attributions.csv",
            columns: &[
                "article",
                "source_spans",
                "source",
                "cue_spans",
                "cue",
                "content_spans",
                "content",
                "kind",
                "act",
                "source_class",
                "speaker",
                "first",
                "second",
            ],
            key: &[
                "article",
                "source_spans",
                "cue_spans",
                "content_spans",
                "kind",
                "act",
                "source_class",
                "speaker",
            ],
            fields: &[],
            unit: OffsetUnit::Bytes,
            by_axis: false,
        },
    ),
];

static REAL: &[(What, LabelFile)] = &[
    (
        What::Classes,
        LabelFile {
            name: CLASSES.name,
            columns: CLASSES.columns,
            key: &["article", "axis"],
            fields: &[CLASS],
            unit: OffsetUnit::Chars,
            by_axis: false,
        },
    ),
    (
        What::Sentences,
        LabelFile {
            name: SENTENCES.name,
            columns: SENTENCES.columns,
            key: &["article", "start", "end"],
            fields: &[
                Field {
                    name: "act",
                    said: ["first_act", "second_act"],
                    label: &["act"],
                    plain: "",
                },
                HEDGED,
                LOADED,
            ],
            unit: OffsetUnit::Chars,
            by_axis: false,
        },
    ),
    (
        What::Targets,
        LabelFile {
            name: TARGETS.name,
            columns: TARGETS.columns,
            key: &["article", "target"],
            fields: &[
                Field {
                    name: "stance",
                    said: ["first_stance", "second_stance"],
                    label: &["stance"],
                    plain: "neutral",
                },
                ROLE,
            ],
            unit: OffsetUnit::Chars,
            by_axis: false,
        },
    ),
    (
        What::Mentions,
        LabelFile {
            name: MENTIONS.name,
            columns: MENTIONS.columns,
            key: &["article", "target", "start", "end"],
            fields: &[Field {
                name: "mention",
                said: ["first", "second"],
                label: &["role", "by"],
                plain: "",
            }],
            unit: OffsetUnit::Chars,
            by_axis: false,
        },
    ),
    (
        What::Attributions,
        LabelFile {
            name: ATTRIBUTIONS.name,
            columns: ATTRIBUTIONS.columns,
            key: &[
                "article",
                "source",
                "cue",
                "content",
                "kind",
                "act",
                "source_class",
                "speakers",
            ],
            fields: &[],
            unit: OffsetUnit::Chars,
            by_axis: false,
        },
    ),
];

/// An article of a public set is named `set:id`.
#[must_use]
pub fn is_real(article: &str) -> bool {
    article.split_once(':').is_some_and(|(set, _)| set.contains('/'))
}

/// The file in which something of an article stands; mentions of own articles have none.
pub(crate) fn file(what: What, article: &str) -> Option<&'static LabelFile> {
    let files = if is_real(article) { REAL } else { OWN };
    files.iter().find(|(w, _)| *w == what).map(|(_, file)| file)
}

impl LabelFile {
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field>
    where
        Self: 'static,
    {
        self.fields.iter().find(|f| f.name == name).map(|f| {
            let found: &'static Field = f;
            found
        })
    }

    /// Where a row belongs among the rows of its article.
    pub(crate) fn rank(&self, cell: impl Fn(&str) -> String) -> Vec<String> {
        let part = |column: &&str| match *column {
            "axis" if self.by_axis => {
                let place = AXES.iter().position(|a| a.name == cell("axis"));
                format!("{:03}", place.unwrap_or(AXES.len()))
            }
            "start" | "end" => format!("{:0>9}", cell(column)),
            name if self.places().contains(&name) => {
                cell(name).split(';').map(|piece| format!("{piece:0>19};")).collect()
            }
            name => cell(name),
        };
        let mut rank: Vec<String> = self.key.iter().skip(1).map(part).collect();
        if self.is_marks() {
            // By content first.
            rank.swap(0, 2);
        }
        rank
    }

    /// Columns of pieces of an attribution: source, cue, content.
    pub(crate) fn places(&self) -> [&'static str; 3] {
        if self.unit == OffsetUnit::Bytes {
            ["source_spans", "cue_spans", "content_spans"]
        } else {
            ["source", "cue", "content"]
        }
    }

    /// Its rows are attributions: each stands whole, and flags tell who marked it.
    pub(crate) fn is_marks(&self) -> bool {
        self.fields.is_empty()
    }
}
