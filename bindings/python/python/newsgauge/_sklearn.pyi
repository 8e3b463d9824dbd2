from collections.abc import Sequence
from os import PathLike
from typing import Any

class NewsgaugeFeatures:
    columns: Sequence[str] | None
    model: str | PathLike[str] | None
    n_jobs: int | None
    feature_names_out_: Any
    def __init__(
        self,
        columns: Sequence[str] | None = None,
        model: str | PathLike[str] | None = None,
        n_jobs: int | None = None,
    ) -> None: ...
    def fit(self, X: Any, y: Any = None) -> NewsgaugeFeatures: ...
    def transform(self, X: Any) -> Any: ...
    def fit_transform(self, X: Any, y: Any = None) -> Any: ...
    def get_feature_names_out(self, input_features: Any = None) -> Any: ...
