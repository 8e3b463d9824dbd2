//! What can be asked for of each article: its items as JSON objects, and the Arrow columns that hold them.

use arrow_schema::{DataType, Field, Schema, SchemaRef};
use newsgauge::feature::features;
use newsgauge::report::quotes::{self, Filter};
use newsgauge::report::{json, parquet};
use newsgauge::{OffsetUnit, Scored, Show};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::sync::Arc;

/// What Python asks for.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Asked {
    kind: String,
    offsets: String,
    marks: bool,
    features: bool,
    text: bool,
    speakers: Vec<String>,
    classes: Vec<String>,
    kinds: Vec<String>,
    acts: Vec<String>,
}

/// Items of an article.
pub enum Kind {
    /// One: the scored article.
    Score(Show),
    /// One for each statement that passes.
    Quotes(Filter, OffsetUnit),
    /// One: its id and numbers.
    Features,
}

impl TryFrom<Asked> for Kind {
    type Error = PyErr;

    fn try_from(asked: Asked) -> PyResult<Self> {
        let unit = crate::source::unit(&asked.offsets)?;
        let Asked { marks, features, text, speakers, classes, kinds, acts, .. } = asked;
        match asked.kind.as_str() {
            "score" => Ok(Kind::Score(Show { marks, features, text, unit })),
            "quotes" => {
                Ok(Kind::Quotes(Filter::new(&speakers, &classes, &kinds).acting(&acts), unit))
            }
            "features" => Ok(Kind::Features),
            kind => Err(PyValueError::new_err(format!("nothing is called {kind:?}"))),
        }
    }
}

impl Kind {
    /// The items of an article, each a JSON object on one line.
    pub fn items(&self, scored: &Scored<'_>) -> Result<Vec<Vec<u8>>, serde_json::Error> {
        match self {
            Kind::Score(show) => Ok(vec![json::article(scored, *show)?]),
            Kind::Quotes(filter, unit) => quotes::objects(scored, filter, *unit),
            Kind::Features => {
                let mut row = serde_json::Map::new();
                row.insert("id".to_owned(), scored.article.id.as_str().into());
                let numbers = features().zip(scored.vector.values());
                row.extend(numbers.map(|((_, f), value)| (f.name.to_owned(), (*value).into())));
                Ok(vec![serde_json::to_vec(&row)?])
            }
        }
    }

    /// Their columns.
    pub fn columns(&self) -> SchemaRef {
        match self {
            Kind::Score(show) => parquet::columns(*show),
            Kind::Quotes(..) => Arc::new(Schema::new(statement())),
            Kind::Features => {
                let numbers = features().map(|(_, f)| column(f.name, DataType::Float64));
                let id = std::iter::once(column("id", DataType::Utf8));
                Arc::new(Schema::new(id.chain(numbers).collect::<Vec<_>>()))
            }
        }
    }
}

fn column(name: &str, kind: DataType) -> Field {
    Field::new(name, kind, true)
}

fn list(name: &str, of: DataType) -> Field {
    Field::new_list(name, Field::new_list_field(of, true), true)
}

/// The columns of a statement; the names of its JSON object.
fn statement() -> Vec<Field> {
    use DataType::{Float64, Int64, Utf8};
    let piece = [column("start", Int64), column("end", Int64), column("text", Utf8)];
    let mut all = vec![column("schema", Int64)];
    all.extend(["article", "outlet", "date"].map(|name| column(name, Utf8)));
    all.push(list("speakers", Utf8));
    all.extend(["role", "reporter", "class", "kind", "act"].map(|name| column(name, Utf8)));
    all.extend([column("confidence", Float64), column("start", Int64), column("end", Int64)]);
    let pieces = ["source", "cue", "content"];
    all.extend(pieces.map(|name| list(name, DataType::Struct(piece.clone().to_vec().into()))));
    all
}
