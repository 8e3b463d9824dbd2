"""What people hand over, as a source of rows."""

import glob
import json
import os
import warnings

from ._newsgauge import Source

_FIELDS = ("id", "text", "title", "outlet", "url", "date", "byline", "section", "targets")


def reading(
    *,
    columns=None,
    targets=None,
    offsets="chars",
    input_format=None,
    max_bytes=None,
    repair=False,
):
    """How to read, as the native half takes it."""
    if columns is None:
        columns = {}
    elif isinstance(columns, str):
        columns = {"text": columns}
    if targets is None:
        targets = []
    elif isinstance(targets, str):
        targets = [targets]
    return {
        "columns": dict(columns),
        "targets": list(targets),
        "offsets": offsets,
        "input_format": input_format,
        "max_bytes": max_bytes,
        "repair": repair,
    }


def is_one(data):
    """One article rather than rows of them."""
    return isinstance(data, (str, bytes, dict))


def open_source(data, how):
    """A source of the rows of ``data``."""
    if isinstance(data, str):
        _warn_of_path(data)
        return Source.texts([data], False, how)
    if isinstance(data, bytes):
        return Source.texts([data.decode("utf-8", "replace")], False, how)
    if isinstance(data, dict):
        return Source.texts([_object(data, how)], True, how)
    if isinstance(data, os.PathLike):
        return Source.paths(_paths(data), how)
    if _is_of(data, "polars"):
        data = _without_nulls(data)
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        try:
            return Source.arrow(data, how)
        except Exception:
            # pandas hands out Arrow data by pyarrow, which may not be there, and not of mixed columns.
            if not _is_of(data, "pandas"):
                raise
    if _is_of(data, "pandas"):
        data = data.to_dict("records") if hasattr(data, "columns") else data.tolist()
    return _of_items(data, how)


def _is_of(data, package):
    return type(data).__module__.partition(".")[0] == package


def _without_nulls(data):
    """polars hands out columns that hold nothing at all in a form that the Arrow crates do not take."""
    import polars

    if isinstance(data, polars.Series):
        return data.cast(polars.String) if data.dtype == polars.Null else data
    if isinstance(data, polars.DataFrame):
        empty = [name for name, kind in data.schema.items() if kind == polars.Null]
        return data.with_columns(polars.col(empty).cast(polars.String)) if empty else data
    return data


def _of_items(data, how):
    try:
        items = list(data)
    except TypeError:
        raise TypeError(
            f"{type(data).__name__} holds no articles; give a str, a list, a DataFrame or Series, "
            "an Arrow table, or a pathlib.Path"
        ) from None
    if items and all(isinstance(item, os.PathLike) for item in items):
        return Source.paths([path for item in items for path in _paths(item)], how)
    if all(item is None or isinstance(item, str) for item in items):
        return Source.texts(items, False, how)
    return Source.texts([_object(item, how) for item in items], True, how)


def _object(item, how):
    """An item as a JSON object; what is not a number (NaN) is nothing."""
    if not isinstance(item, dict):
        item = {how["columns"].get("text", "text"): item}
    item = {str(key): None if _is_nan(value) else value for key, value in item.items()}
    return json.dumps(item, ensure_ascii=False, default=str)


def _is_nan(value):
    # NaN, pandas.NaT; pandas.NA refuses to be compared.
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return type(value).__name__ == "NAType"


def _paths(path):
    """A path, or those that a pattern of them stands for, in order."""
    path = os.fspath(path)
    if os.path.exists(path):
        return [path]
    found = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []
    if not found:
        raise FileNotFoundError(f"no such file, folder or pattern: {path}")
    return found


def _warn_of_path(text):
    if len(text) < 500 and "\n" not in text and (os.sep in text or "." in text):
        try:
            is_path = os.path.exists(text)
        except ValueError:
            return
        if is_path:
            warnings.warn(
                f"{text!r} is scored as a text, and is also a path; for the files give "
                "pathlib.Path(...)",
                stacklevel=5,
            )
