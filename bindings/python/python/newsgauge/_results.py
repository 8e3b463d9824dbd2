"""What comes back."""

import json
from collections.abc import Sequence
from html import escape
from typing import NamedTuple, Optional

from ._errors import RejectError


class Reject(NamedTuple):
    """A row that holds no article.

    Attributes
    ----------
    row : int
        Its number among the rows read, from 0.
    id : str or None
        Its id, where it has one.
    source : str
        Where it stands: ``row 3``, or file and line.
    reason : str
        What is wrong with it, and what to do.
    """

    row: int
    id: Optional[str]
    source: str
    reason: str


def rejects(rejected):
    return [Reject(*one) for one in rejected]


class Article(dict):
    """A scored article: the JSON object of ``newsgauge score``, as a dict.

    Notebooks show the article with its marks. Places (``start``, ``end``) count Unicode code points unless ``offsets="bytes"``
    was asked for, so that ``article.text[start:end]`` are the words of a mark.

    Attributes
    ----------
    text : str
        The text as it was read: what was given, unless a warning says that it was read as HTML.
    """

    def __init__(self, scored, explained, page):
        super().__init__(scored)
        self._explained = explained
        self._page = page
        self._text = None

    @property
    def text(self):
        if self._text is None:
            self._text = self._explained()["text"]
        return self._text

    def _repr_html_(self):
        # The page has a style and a script of its own: a frame keeps them from the notebook, and the notebook from them.
        return (
            f'<iframe title="{escape(self["title"] or self["id"])}" sandbox="allow-scripts" '
            f'width="100%" height="640" style="border:0" srcdoc="{escape(self._page())}"></iframe>'
        )

    def __reduce__(self):
        return (dict, (dict(self),))


class _Arrow:
    """Ways out for whatever hands out an Arrow stream."""

    def __arrow_c_stream__(self, requested_schema=None):
        return self._native.__arrow_c_stream__(requested_schema)

    def to_arrow(self):
        """As a ``pyarrow.Table``, with the columns of the Parquet output.

        Returns
        -------
        pyarrow.Table
        """
        import pyarrow

        return pyarrow.table(self)

    def to_polars(self):
        """As a ``polars.DataFrame`` with nested columns.

        Returns
        -------
        polars.DataFrame
        """
        import polars

        return polars.DataFrame(self)


class Rows(_Arrow, Sequence):
    """Results in the order of the rows read: a sequence of dicts that is also an Arrow table.

    Anything that takes an Arrow stream takes it: ``polars.DataFrame(rows)``, ``pyarrow.table(rows)``, DuckDB.

    Attributes
    ----------
    rejects : list of Reject
        Rows that hold no article, with their reasons.
    row_numbers : list of int
        Number of the input row that each result is of, from 0.
    rows_read : int
        Input rows; results, rejects and rows left out add up to it (of ``quotes`` a row may give several results or none).
    """

    def __init__(self, native):
        self._native = native
        self.rejects = rejects(native.rejected)

    @property
    def row_numbers(self):
        return self._native.numbers

    @property
    def rows_read(self):
        return self._native.read

    def __len__(self):
        return len(self._native)

    def __getitem__(self, at):
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        if at < 0:
            at += len(self)
        if not 0 <= at < len(self):
            raise IndexError(f"row {at} of {len(self)}")
        return json.loads(self._native.line(at))

    def to_jsonl(self):
        """As JSON lines: the bytes that the command line writes with the same flags.

        Returns
        -------
        bytes
        """
        return self._native.jsonl()

    def to_dicts(self):
        """As a list of dicts.

        Returns
        -------
        list of dict
        """
        return list(self)

    def to_pandas(self, flat=False):
        """As a ``pandas.DataFrame``.

        Parameters
        ----------
        flat : bool
            One column for each number (``tone_class``, ``tone_value``, ``tone_p_neutral`` …) in place of nested ones; lists
            become counts. Needs no pyarrow.

        Returns
        -------
        pandas.DataFrame
            A row for each result; its index is the number of the input row.
        """
        import pandas

        index = pandas.Index(self.row_numbers, name="row")
        if flat:
            return pandas.DataFrame([flattened(row) for row in self], index=index)
        frame = self.to_arrow().to_pandas()
        frame.index = index
        return frame

    def __repr__(self):
        rejected = f", {len(self.rejects)} rejected" if self.rejects else ""
        return f"<newsgauge.Rows: {len(self)} results of {self.rows_read} rows{rejected}>"

    def _repr_html_(self):
        shown = [flattened(row) for row in self[:20]]
        return f"<p>{escape(repr(self)[1:-1])}</p>{table(shown)}"


def flattened(row):
    """A result with one value a column."""
    flat = {}
    for key, value in row.items():
        if key == "axes":
            for axis, told in value.items():
                flat[f"{axis}_class"] = told["class"]
                flat[f"{axis}_value"] = told["value"]
                if "measure" in told:
                    flat[f"{axis}_measure"] = told["measure"]
                for name, share in told["probabilities"].items():
                    flat[f"{axis}_p_{name}"] = share
        elif key in ("counts", "features"):
            flat.update(value)
        elif key in ("source", "cue", "content") and isinstance(value, list):
            flat[key] = " … ".join(piece["text"] for piece in value)
        elif key == "speakers":
            names = [one["name"] if isinstance(one, dict) else one for one in value]
            flat[key] = "; ".join(names)
        elif key == "stance":
            flat[key] = "; ".join(f"{one['target']}: {one['class']}" for one in value)
        elif key == "warnings":
            flat[key] = "; ".join(value)
        elif key not in ("marks", "contributions", "left_out", "schema"):
            flat[key] = value
    return flat


def table(rows):
    """Rows of one value a column as an HTML table."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    cell = lambda value: "" if value is None else escape(str(value))
    body = "".join(
        "<tr>" + "".join(f"<td>{cell(row.get(name))}</td>" for name in names) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class Stream(_Arrow):
    """Results that are made while they are taken: memory does not grow with the rows. It can be taken once.

    Attributes
    ----------
    rejects : list of Reject
        Rows rejected so far.
    rows_read : int
        Rows read so far.
    """

    def __init__(self, native):
        self._native = native

    @property
    def rejects(self):
        return rejects(self._native.rejected)

    @property
    def rows_read(self):
        return self._native.read

    def to_reader(self):
        """As a ``pyarrow.RecordBatchReader``.

        Returns
        -------
        pyarrow.RecordBatchReader
        """
        import pyarrow

        return pyarrow.RecordBatchReader.from_stream(self)


class Story(dict):
    """Articles on one event side by side: the JSON object of ``newsgauge compare``, as a dict.

    Attributes
    ----------
    rejects : list of Reject
        Rows that hold no article.
    """

    def __init__(self, told, text, rejected):
        super().__init__(told)
        self._text = text
        self.rejects = rejected

    def __str__(self):
        return self._text

    def _repr_html_(self):
        return f"<pre>{escape(self._text)}</pre>"


class _Account:
    def __str__(self):
        return self.text

    def __repr__(self):
        return self.text

    def _repr_html_(self):
        return f"<pre>{escape(self.text)}</pre>"


class Training(_Account):
    """What training tells.

    Attributes
    ----------
    text : str
        The report of ``newsgauge train``.
    figures : dict of dict of float
        Figures of each axis, on articles held out: ``figures["tone"]["macro_f1"]``.
    """

    def __init__(self, text, figures):
        self.text = text
        self.figures = figures


class Evaluation(_Account):
    """How accurate the models are.

    Attributes
    ----------
    text : str
        The tables of ``newsgauge evaluate``.
    markdown : str
        The same as Markdown.
    """

    def __init__(self, text, markdown):
        self.text = text
        self.markdown = markdown


def checked(found, errors):
    """Raises or warns of rejected rows."""
    if errors not in ("collect", "raise"):
        raise ValueError(f'errors={errors!r}: "collect" or "raise"')
    if found and errors == "raise":
        raise RejectError(found[0])
    return found
