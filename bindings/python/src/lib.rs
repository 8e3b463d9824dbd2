//! The native half of the Python package: data in, rows out. What people call stands in `python/newsgauge`.

mod gauge;
mod learn;
mod rows;
mod schema;
mod source;
mod stream;
mod work;

use pyo3::exceptions::PyException;
use pyo3::prelude::*;

pyo3::create_exception!(newsgauge, NewsgaugeError, PyException, "What newsgauge raises.");
pyo3::create_exception!(
    newsgauge,
    ModelError,
    NewsgaugeError,
    "A model that cannot be read, or does not fit this version."
);
pyo3::create_exception!(
    newsgauge,
    LearnError,
    NewsgaugeError,
    "Labels or texts that cannot be fitted or measured on."
);

/// Any error, as [`NewsgaugeError`].
fn raised(error: impl std::fmt::Display) -> PyErr {
    NewsgaugeError::new_err(error.to_string())
}

#[pymodule]
fn _newsgauge(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add("__version__", env!("CARGO_PKG_VERSION"))?;
    m.add("NewsgaugeError", m.py().get_type::<NewsgaugeError>())?;
    m.add("ModelError", m.py().get_type::<ModelError>())?;
    m.add("LearnError", m.py().get_type::<LearnError>())?;
    m.add_class::<gauge::Gauge>()?;
    m.add_class::<source::Source>()?;
    m.add_class::<rows::Rows>()?;
    m.add_class::<stream::Stream>()?;
    m.add_function(wrap_pyfunction!(gauge::catalogue, m)?)?;
    m.add_function(wrap_pyfunction!(learn::train, m)?)?;
    m.add_function(wrap_pyfunction!(learn::evaluate, m)?)?;
    Ok(())
}
