"""newsgauge reads news articles and tells who said so, how sure they are, and in what tone.

    >>> import newsgauge
    >>> scored = newsgauge.score(text)                      # one article: a dict
    >>> scored["axes"]["tone"]["class"]                     # doctest: +SKIP
    'neutral'
    >>> table = newsgauge.score(frame)                      # a DataFrame, a list, an Arrow table, a path
    >>> table.to_pandas()                                   # doctest: +SKIP

Everything runs on this machine; nothing is uploaded.
"""

from ._api import (
    Scorer,
    compare,
    evaluate,
    explain,
    explain_html,
    feature_names,
    features,
    quotes,
    score,
    stream,
    train,
)
from ._errors import LearnError, ModelError, NewsgaugeError, RejectError, RejectWarning
from ._newsgauge import __version__
from ._results import Article, Evaluation, Reject, Rows, Story, Stream, Training

__all__ = [
    "Article",
    "Evaluation",
    "LearnError",
    "ModelError",
    "NewsgaugeError",
    "NewsgaugeFeatures",
    "Reject",
    "RejectError",
    "RejectWarning",
    "Rows",
    "Scorer",
    "Story",
    "Stream",
    "Training",
    "__version__",
    "compare",
    "evaluate",
    "explain",
    "explain_html",
    "feature_names",
    "features",
    "quotes",
    "score",
    "stream",
    "train",
]


def __getattr__(name):
    # scikit-learn takes a second to import: only when it is asked for.
    if name == "NewsgaugeFeatures":
        from ._sklearn import NewsgaugeFeatures

        return NewsgaugeFeatures
    raise AttributeError(f"module 'newsgauge' has no attribute {name!r}")
