//! Cases that stand beside a family's code, for its tests.

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The `[[case]]` tables of a file of cases, in order.
pub(super) fn read<T: DeserializeOwned>(toml: &str) -> Vec<T> {
    #[derive(Deserialize)]
    struct File<T> {
        case: Vec<T>,
    }
    toml::from_str::<File<T>>(toml).unwrap().case
}
