"""What people call."""

import functools
import json
import warnings

from . import _newsgauge as native
from ._errors import RejectError, RejectWarning
from ._input import is_one, open_source, reading
from ._results import (
    Article,
    Evaluation,
    Reject,
    Rows,
    Story,
    Stream,
    Training,
    checked,
    rejects,
)


def _asked(
    kind,
    offsets,
    marks=False,
    features=False,
    text=False,
    speakers=(),
    classes=(),
    kinds=(),
    acts=(),
):
    listed = lambda given: [given] if isinstance(given, str) else list(given)
    return {
        "kind": kind,
        "offsets": offsets,
        "marks": marks,
        "features": features,
        "text": text,
        "speakers": listed(speakers),
        "classes": listed(classes),
        "kinds": listed(kinds),
        "acts": listed(acts),
    }


class _Bar:
    """Shows how many rows are done: by tqdm where it is there."""

    def __init__(self, progress, total):
        self._bar = None
        self._call = progress if callable(progress) else None
        if progress is True:
            try:
                from tqdm.auto import tqdm
            except ImportError:
                self._call = lambda done: print(f"\r{done} articles", end="", flush=True)
            else:
                self._bar = tqdm(total=total, unit=" articles")

    def __enter__(self):
        if self._bar is not None:
            return lambda done: self._bar.update(done - self._bar.n)
        return self._call

    def __exit__(self, *_):
        if self._bar is not None:
            self._bar.close()


def _total(data):
    try:
        return len(data)
    except TypeError:
        return None


def _told(found, errors):
    found = checked(found, errors)
    if found:
        first = found[0]
        warnings.warn(
            f"{len(found)} rows rejected, the first one {first.source}: {first.reason}",
            RejectWarning,
            stacklevel=4,
        )


class Scorer:
    """Word lists and models, ready to score any number of articles.

    Parameters
    ----------
    model : path, optional
        Folder of models that you fitted (``train``); what it lacks is taken from the built-in ones.
    min_words : int
        Articles with fewer words of prose are not scored (their marks are still given); 0 scores whatever comes, in any language.
    min_confidence : float
        Leave out attributions below this confidence, 0 to 1. No score changes by it.
    jobs : int, optional
        Threads; one for each core when None. No result depends on it.

    Raises
    ------
    ModelError
        When a model cannot be read or does not fit this version.
    """

    def __init__(self, model=None, *, min_words=100, min_confidence=0.0, jobs=None):
        self._gauge = native.Gauge(model, min_words, min_confidence)
        self.jobs = jobs

    @property
    def models(self):
        """Ids of the models in use."""
        return self._gauge.models

    def _run(self, data, asked, how, jobs, progress, errors):
        source = open_source(data, reading(offsets=asked["offsets"], **how))
        with _Bar(progress, _total(data)) as tell:
            rows = Rows(self._gauge.run(source, asked, jobs or self.jobs, tell))
        if is_one(data):
            if rows.rejects:
                raise RejectError(rows.rejects[0])
        else:
            _told(rows.rejects, errors)
        return rows

    def score(
        self,
        data,
        *,
        marks=False,
        features=False,
        text=False,
        offsets="chars",
        jobs=None,
        progress=False,
        errors="collect",
        **how,
    ):
        """See :func:`newsgauge.score`."""
        asked = _asked("score", offsets, marks, features, text)
        rows = self._run(data, asked, how, jobs, progress, errors)
        if not is_one(data):
            return rows
        text = functools.partial(self._explained, data, offsets="chars", **how)
        return Article(rows[0], text, functools.partial(self.explain_html, data, **how))

    def stream(
        self,
        data,
        *,
        kind="score",
        marks=False,
        features=False,
        text=False,
        offsets="chars",
        jobs=None,
        speakers=(),
        classes=(),
        kinds=(),
        acts=(),
        **how,
    ):
        """See :func:`newsgauge.stream`."""
        asked = _asked(kind, offsets, marks, features, text, speakers, classes, kinds, acts)
        source = open_source(data, reading(offsets=offsets, **how))
        return Stream(self._gauge.stream(source, asked, jobs or self.jobs))

    def quotes(
        self,
        data,
        *,
        speakers=(),
        classes=(),
        kinds=(),
        acts=(),
        offsets="chars",
        jobs=None,
        progress=False,
        errors="collect",
        **how,
    ):
        """See :func:`newsgauge.quotes`."""
        asked = _asked(
            "quotes", offsets, speakers=speakers, classes=classes, kinds=kinds, acts=acts
        )
        return self._run(data, asked, how, jobs, progress, errors)

    def features(self, data, *, jobs=None, progress=False, errors="collect", **how):
        """See :func:`newsgauge.features`."""
        return self._run(data, _asked("features", "chars"), how, jobs, progress, errors)

    def _matrix(self, data, jobs=None, **how):
        """The numbers as bytes of doubles, how many rows, and what was rejected."""
        source = open_source(data, reading(**how))
        numbers, rows, rejected = self._gauge.matrix(source, jobs or self.jobs)
        return numbers, rows, rejects(rejected)

    def compare(self, data, *, jobs=None, progress=False, errors="collect", **how):
        """See :func:`newsgauge.compare`."""
        source = open_source(data, reading(**how))
        with _Bar(progress, _total(data)) as tell:
            told, text, rejected = self._gauge.compare(source, jobs or self.jobs, tell)
        found = rejects(rejected)
        _told(found, errors)
        return Story(json.loads(bytes(told)), text, found)

    def _explain(self, data, form, offsets, how):
        source = open_source(data, reading(offsets=offsets, **how))
        told, rejected = self._gauge.explain(source, form, offsets)
        if rejected is not None:
            raise RejectError(Reject(*rejected))
        return told

    def _explained(self, data, offsets="chars", **how):
        return json.loads(self._explain(data, "json", offsets, how))

    def explain(self, data, *, format="text", offsets="chars", **how):
        """See :func:`newsgauge.explain`."""
        if format == "dict":
            return self._explained(data, offsets, **how)
        return self._explain(data, format, offsets, how)

    def explain_html(self, data, **how):
        """See :func:`newsgauge.explain_html`."""
        return self._explain(data, "html", "chars", how)


@functools.lru_cache(maxsize=4)
def _scorer(model, min_words, min_confidence):
    return Scorer(model, min_words=min_words, min_confidence=min_confidence)


def _with(model, min_words, min_confidence):
    if model is not None:
        # A folder's models may have been fitted again since.
        return Scorer(model, min_words=min_words, min_confidence=min_confidence)
    return _scorer(None, min_words, min_confidence)


_DATA = """data : str, dict, list, Series, DataFrame, Arrow data, or pathlib.Path
        A str is one article's text, a dict its fields. A list holds str, dict or None. Of tables the columns ``id``, ``text``,
        ``title``, ``outlet``, ``url``, ``date``, ``byline``, ``section`` and ``targets`` are read, also under their usual other
        names. Arrow data is anything with ``__arrow_c_stream__`` or ``__arrow_c_array__`` (polars, pyarrow, pandas), taken
        without a copy. A pathlib.Path is a file, a folder or a pattern (``Path("news/*.jsonl")``), in any format that the
        command line reads."""

_COMMON = """model : path, optional
        Folder of models of your own, over the built-in ones.
    min_words : int
        Articles with fewer words of prose are not scored; 0 scores whatever comes.
    min_confidence : float
        Leave out attributions below this confidence, 0 to 1.
    jobs : int, optional
        Threads; one for each core when None. No result depends on it.
    columns : str or dict, optional
        Name of the column of texts, or names by field: ``{"text": "body", "outlet": "site"}``.
    targets : str or list of str, optional
        Whom to judge the stance toward in every article; by default those that it is about.
    input_format : str, optional
        Read files as this format, whatever their names and bytes say.
    max_bytes : int, optional
        Reject longer texts; 512 KiB when None.
    repair : bool
        Mend UTF-8 that was read in a wrong encoding; places then count in the mended text."""

_ERRORS = """progress : bool or callable
        True shows a bar (tqdm's where it is there); a function is called with the number of rows done.
    errors : "collect" or "raise"
        Rejected rows do not stop the others: they are listed in ``rejects``, and a RejectWarning tells of them. "raise" raises
        RejectError for the first one."""


def _documented(function):
    function.__doc__ = (
        function.__doc__.replace("{data}", _DATA)
        .replace("{common}", _COMMON)
        .replace("{errors}", _ERRORS)
    )
    return function


@_documented
def score(data, *, model=None, min_words=100, min_confidence=0.0, **flags):
    """Score articles: tone, attribution, hedging, sourcing, partisanship, reliability, genre, stance, speakers.

    Parameters
    ----------
    {data}
    marks : bool
        Add the evidence: sentences, attributions, quotes, hedges, loaded words, targets, skipped lines.
    features : bool
        Add the feature vector.
    text : bool
        Add the text as it was read; all places are into it.
    offsets : "chars" or "bytes"
        Unit of places, read and given: Unicode code points (as Python counts), or UTF-8 bytes.
    {common}
    {errors}

    Returns
    -------
    Article or Rows
        Of a str or dict an Article (a dict); of all else Rows, one a row that holds an article, in order.

    Raises
    ------
    RejectError
        When the one article given is none, or with ``errors="raise"``.
    FileNotFoundError
        When a path or pattern names nothing.
    """
    return _with(model, min_words, min_confidence).score(data, **flags)


@_documented
def stream(data, *, model=None, min_words=100, min_confidence=0.0, **flags):
    """The same as score, made while it is taken: for data larger than memory, Spark's mapInArrow, Ray.

    Parameters
    ----------
    {data}
    kind : "score", "quotes" or "features"
        What to make of each article; the flags of these functions apply.
    {common}

    Returns
    -------
    Stream
        An Arrow stream: ``pyarrow.RecordBatchReader.from_stream(stream)``.
    """
    return _with(model, min_words, min_confidence).stream(data, **flags)


@_documented
def quotes(data, *, model=None, min_words=100, min_confidence=0.0, **flags):
    """Who said what: a row for each statement that an article attributes to somebody.

    Parameters
    ----------
    {data}
    speakers, classes, kinds, acts : str or list of str
        Only statements of a speaker whose name holds these words, of these source classes (``person``, ``role``,
        ``organisation``, ``media``, ``document``, ``anonymous``, ``none``), kinds (``direct``, ``mixed``, ``indirect``), acts
        (``speech``, ``thought``, ``will``, ``finding``).
    offsets : "chars" or "bytes"
        Unit of places.
    {common}
    {errors}

    Returns
    -------
    Rows
        ``article``, ``speakers``, ``class``, ``kind``, ``act``, ``confidence`` (0 to 1), ``source``, ``cue``, ``content`` …
    """
    return _with(model, min_words, min_confidence).quotes(data, **flags)


@_documented
def features(data, *, model=None, min_words=100, min_confidence=0.0, **flags):
    """The numbers that models look at.

    Parameters
    ----------
    {data}
    {common}
    {errors}

    Returns
    -------
    Rows
        ``id`` and a column for each feature, unrounded. ``feature_names(docs=True)`` tells units and meanings.
    """
    return _with(model, min_words, min_confidence).features(data, **flags)


@_documented
def compare(data, *, model=None, min_words=100, min_confidence=0.0, **flags):
    """Articles on one event side by side: scores, stance, copies, statements that several carry.

    Parameters
    ----------
    {data}
    {common}
    {errors}

    Returns
    -------
    Story
        The JSON object of ``newsgauge compare``, as a dict; ``str(story)`` is its table.
    """
    return _with(model, min_words, min_confidence).compare(data, **flags)


@_documented
def explain(data, *, model=None, min_words=100, min_confidence=0.0, **flags):
    """What the scores of one article rest on.

    Parameters
    ----------
    {data}
        Of several articles the first is explained.
    format : "text", "markdown", "html" or "dict"
        How to tell it.
    {common}

    Returns
    -------
    str or dict
    """
    return _with(model, min_words, min_confidence).explain(data, **flags)


@_documented
def explain_html(data, *, model=None, min_words=100, min_confidence=0.0, **how):
    """One article with its marks and scores, as an HTML page.

    Parameters
    ----------
    {data}
        Of several articles the first is explained.
    {common}

    Returns
    -------
    str
        A whole page that needs no other file.
    """
    return _with(model, min_words, min_confidence).explain_html(data, **how)


def feature_names(docs=False):
    """Names of the features, in the order of columns.

    Parameters
    ----------
    docs : bool
        Tell units and meanings too.

    Returns
    -------
    list of str, or list of (name, unit, meaning)
    """
    all_ = native.catalogue()
    return all_ if docs else [name for name, _, _ in all_]


def _names(given):
    if given is None:
        return []
    return [given] if isinstance(given, str) else list(given)


def _teller(progress):
    return progress if callable(progress) else (print if progress else None)


def train(
    axes=None,
    *,
    labels="labels",
    corpus="corpus",
    data=None,
    output="models",
    seed=1,
    progress=False,
):
    """Fit the models of axes on labels: cross-validates, calibrates, writes model and card.

    Parameters
    ----------
    axes : str or list of str, optional
        Which; all that the data allow when None.
    labels, corpus : path
        Folder of ``articles.csv`` (columns article, axis, label), and of the texts (``ID.txt``, ``MANIFEST.csv``).
    data : path, optional
        Folder of public data to add.
    output : path
        Where ``AXIS.json`` and ``AXIS.md`` are written; nothing is unless every axis succeeds.
    seed : int
        Of folds and intervals.
    progress : bool or callable
        True prints what is being done; a function is called with it.

    Returns
    -------
    Training
        Its report (``str``), and ``figures`` by axis.

    Raises
    ------
    LearnError
        Faults of the labels or texts by file and line, too few rows or classes.
    """
    axes = _names(axes)
    command = f"newsgauge.train({axes or ''})"
    report = native.train(axes, labels, corpus, data, output, seed, command, _teller(progress))
    return Training(*report)


def evaluate(
    *,
    labels="labels",
    corpus="corpus",
    data=None,
    sets=None,
    real_only=False,
    seed=1,
    model=None,
    progress=False,
):
    """Measure how accurate models are, beside baselines.

    Parameters
    ----------
    labels, corpus, data, seed, progress
        As of :func:`train`.
    sets : str or list of str, optional
        Public sets to measure on; all in ``data`` when None.
    real_only : bool
        Leave out the own labels.
    model : path, optional
        Folder of the models to measure; the built-in ones when None.

    Returns
    -------
    Evaluation
        Tables as text (``str``) and as ``markdown``.

    Raises
    ------
    LearnError, ModelError
    """
    told = native.evaluate(
        labels, corpus, data, _names(sets), real_only, seed, model, _teller(progress)
    )
    return Evaluation(*told)
