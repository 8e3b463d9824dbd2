from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from os import PathLike
from typing import Any, Literal, NamedTuple, Union, overload

from ._sklearn import NewsgaugeFeatures as NewsgaugeFeatures

__version__: str

_Path = Union[str, PathLike[str]]
_Fields = Mapping[str, Any]
# A list, Series, DataFrame, anything with an Arrow stream or array, or a pathlib.Path.
_Rows = Any
_Names = Union[str, Iterable[str]]
_Progress = Union[bool, Callable[[int], object]]
_Offsets = Literal["chars", "bytes"]
_Errors = Literal["collect", "raise"]
_Kind = Literal["score", "quotes", "features"]

class NewsgaugeError(Exception): ...
class ModelError(NewsgaugeError): ...
class LearnError(NewsgaugeError): ...
class RejectWarning(UserWarning): ...

class RejectError(NewsgaugeError, ValueError):
    row: int
    id: str | None
    source: str
    reason: str
    def __init__(self, reject: Reject) -> None: ...

class Reject(NamedTuple):
    row: int
    id: str | None
    source: str
    reason: str

class Article(dict[str, Any]):
    @property
    def text(self) -> str: ...
    def _repr_html_(self) -> str: ...

class Rows(Sequence[dict[str, Any]]):
    rejects: list[Reject]
    @property
    def row_numbers(self) -> list[int]: ...
    @property
    def rows_read(self) -> int: ...
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, at: slice) -> list[dict[str, Any]]: ...
    def __iter__(self) -> Iterator[dict[str, Any]]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def to_jsonl(self) -> bytes: ...
    def to_dicts(self) -> list[dict[str, Any]]: ...
    def to_arrow(self) -> Any: ...
    def to_pandas(self, flat: bool = False) -> Any: ...
    def to_polars(self) -> Any: ...
    def _repr_html_(self) -> str: ...

class Stream:
    @property
    def rejects(self) -> list[Reject]: ...
    @property
    def rows_read(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def to_reader(self) -> Any: ...
    def to_arrow(self) -> Any: ...
    def to_polars(self) -> Any: ...

class Story(dict[str, Any]):
    rejects: list[Reject]
    def _repr_html_(self) -> str: ...

class Training:
    text: str
    figures: dict[str, dict[str, float]]
    def _repr_html_(self) -> str: ...

class Evaluation:
    text: str
    markdown: str
    def _repr_html_(self) -> str: ...

@overload
def score(
    data: str | bytes | _Fields,
    *,
    model: _Path | None = None,
    min_words: int = 100,
    min_confidence: float = 0.0,
    marks: bool = False,
    features: bool = False,
    text: bool = False,
    offsets: _Offsets = "chars",
    columns: str | Mapping[str, str] | None = None,
    targets: _Names | None = None,
    input_format: str | None = None,
    max_bytes: int | None = None,
    repair: bool = False,
    jobs: int | None = None,
    progress: _Progress = False,
    errors: _Errors = "collect",
) -> Article: ...
@overload
def score(
    data: _Rows,
    *,
    model: _Path | None = None,
    min_words: int = 100,
    min_confidence: float = 0.0,
    marks: bool = False,
    features: bool = False,
    text: bool = False,
    offsets: _Offsets = "chars",
    columns: str | Mapping[str, str] | None = None,
    targets: _Names | None = None,
    input_format: str | None = None,
    max_bytes: int | None = None,
    repair: bool = False,
    jobs: int | None = None,
    progress: _Progress = False,
    errors: _Errors = "collect",
) -> Rows: ...
def stream(
    data: _Rows,
    *,
    model: _Path | None = None,
    min_words: int = 100,
    min_confidence: float = 0.0,
    kind: _Kind = "score",
    marks: bool = False,
    features: bool = False,
    text: bool = False,
    offsets: _Offsets = "chars",
    speakers: _Names = (),
    classes: _Names = (),
    kinds: _Names = (),
    acts: _Names = (),
    columns: str | Mapping[str, str] | None = None,
    targets: _Names | None = None,
    input_format: str | None = None,
    max_bytes: int | None = None,
    repair: bool = False,
    jobs: int | None = None,
) -> Stream: ...
def quotes(
    data: _Rows,
    *,
    model: _Path | None = None,
    min_words: int = 100,
    min_confidence: float = 0.0,
    speakers: _Names = (),
    classes: _Names = (),
    kinds: _Names = (),
    acts: _Names = (),
    offsets: _Offsets = "chars",
    columns: str | Mapping[str, str] | None = None,
    targets: _Names | None = None,
    input_format: str | None = None,
    max_bytes: int | None = None,
    repair: bool = False,
    jobs: int | None = None,
    progress: _Progress = False,
    errors: _Errors = "collect",
) -> Rows: ...
def features(
    data: _Rows,
    *,
    model: _Path | None = None,
    min_words: int = 100,
    min_confidence: float = 0.0,
    columns: str | Mapping[str, str] | None = None,
    targets: _Names | None = None,
    input_format: str | None = None,
    max_bytes: int | None = None,
    repair: bool = False,
    jobs: int | None = None,
    progress: _Progress = False,
    errors: _Errors = "collect",
) -> Rows: ...
def compare(
    data: _Rows,
    *,
    model: _Path | None = None,
    min_words: int = 100,
    min_confidence: float = 0.0,
    columns: str | Mapping[str, str] | None = None,
    targets: _Names | None = None,
    input_format: str | None = None,
    max_bytes: int | None = None,
    repair: bool = False,
    jobs: int | None = None,
    progress: _Progress = False,
    errors: _Errors = "collect",
) -> Story: ...
def explain(
    data: _Rows,
    *,
    model: _Path | None = None,
    min_words: int = 100,
    min_confidence: float = 0.0,
    format: Literal["text", "markdown", "html", "dict"] = "text",
    offsets: _Offsets = "chars",
    columns: str | Mapping[str, str] | None = None,
    targets: _Names | None = None,
    input_format: str | None = None,
    max_bytes: int | None = None,
    repair: bool = False,
) -> Any: ...
def explain_html(
    data: _Rows,
    *,
    model: _Path | None = None,
    min_words: int = 100,
    min_confidence: float = 0.0,
    columns: str | Mapping[str, str] | None = None,
    targets: _Names | None = None,
    input_format: str | None = None,
    max_bytes: int | None = None,
    repair: bool = False,
) -> str: ...
def feature_names(docs: bool = False) -> Any: ...
def train(
    axes: _Names | None = None,
    *,
    labels: _Path = "labels",
    corpus: _Path = "corpus",
    data: _Path | None = None,
    output: _Path = "models",
    seed: int = 1,
    progress: bool | Callable[[str], object] = False,
) -> Training: ...
def evaluate(
    *,
    labels: _Path = "labels",
    corpus: _Path = "corpus",
    data: _Path | None = None,
    sets: _Names | None = None,
    real_only: bool = False,
    seed: int = 1,
    model: _Path | None = None,
    progress: bool | Callable[[str], object] = False,
) -> Evaluation: ...

class Scorer:
    jobs: int | None
    def __init__(
        self,
        model: _Path | None = None,
        *,
        min_words: int = 100,
        min_confidence: float = 0.0,
        jobs: int | None = None,
    ) -> None: ...
    @property
    def models(self) -> list[str]: ...
    @overload
    def score(
        self,
        data: str | bytes | _Fields,
        *,
        marks: bool = False,
        features: bool = False,
        text: bool = False,
        offsets: _Offsets = "chars",
        columns: str | Mapping[str, str] | None = None,
        targets: _Names | None = None,
        input_format: str | None = None,
        max_bytes: int | None = None,
        repair: bool = False,
        jobs: int | None = None,
        progress: _Progress = False,
        errors: _Errors = "collect",
    ) -> Article: ...
    @overload
    def score(
        self,
        data: _Rows,
        *,
        marks: bool = False,
        features: bool = False,
        text: bool = False,
        offsets: _Offsets = "chars",
        columns: str | Mapping[str, str] | None = None,
        targets: _Names | None = None,
        input_format: str | None = None,
        max_bytes: int | None = None,
        repair: bool = False,
        jobs: int | None = None,
        progress: _Progress = False,
        errors: _Errors = "collect",
    ) -> Rows: ...
    def stream(
        self,
        data: _Rows,
        *,
        kind: _Kind = "score",
        marks: bool = False,
        features: bool = False,
        text: bool = False,
        offsets: _Offsets = "chars",
        speakers: _Names = (),
        classes: _Names = (),
        kinds: _Names = (),
        acts: _Names = (),
        columns: str | Mapping[str, str] | None = None,
        targets: _Names | None = None,
        input_format: str | None = None,
        max_bytes: int | None = None,
        repair: bool = False,
        jobs: int | None = None,
    ) -> Stream: ...
    def quotes(
        self,
        data: _Rows,
        *,
        speakers: _Names = (),
        classes: _Names = (),
        kinds: _Names = (),
        acts: _Names = (),
        offsets: _Offsets = "chars",
        columns: str | Mapping[str, str] | None = None,
        targets: _Names | None = None,
        input_format: str | None = None,
        max_bytes: int | None = None,
        repair: bool = False,
        jobs: int | None = None,
        progress: _Progress = False,
        errors: _Errors = "collect",
    ) -> Rows: ...
    def features(
        self,
        data: _Rows,
        *,
        columns: str | Mapping[str, str] | None = None,
        targets: _Names | None = None,
        input_format: str | None = None,
        max_bytes: int | None = None,
        repair: bool = False,
        jobs: int | None = None,
        progress: _Progress = False,
        errors: _Errors = "collect",
    ) -> Rows: ...
    def compare(
        self,
        data: _Rows,
        *,
        columns: str | Mapping[str, str] | None = None,
        targets: _Names | None = None,
        input_format: str | None = None,
        max_bytes: int | None = None,
        repair: bool = False,
        jobs: int | None = None,
        progress: _Progress = False,
        errors: _Errors = "collect",
    ) -> Story: ...
    def explain(
        self,
        data: _Rows,
        *,
        format: Literal["text", "markdown", "html", "dict"] = "text",
        offsets: _Offsets = "chars",
        columns: str | Mapping[str, str] | None = None,
        targets: _Names | None = None,
        input_format: str | None = None,
        max_bytes: int | None = None,
        repair: bool = False,
    ) -> Any: ...
    def explain_html(
        self,
        data: _Rows,
        *,
        columns: str | Mapping[str, str] | None = None,
        targets: _Names | None = None,
        input_format: str | None = None,
        max_bytes: int | None = None,
        repair: bool = False,
    ) -> str: ...
