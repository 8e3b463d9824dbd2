"""Features for scikit-learn's pipelines."""

import numpy
from sklearn.base import BaseEstimator, TransformerMixin

from ._api import Scorer, feature_names
from ._errors import RejectError


class NewsgaugeFeatures(TransformerMixin, BaseEstimator):
    """Turns texts into the numbers that newsgauge measures.

    Parameters
    ----------
    columns : list of str, optional
        Features to give; all when None. ``newsgauge.feature_names()`` lists them.
    model : path, optional
        Folder of models of your own.
    n_jobs : int, optional
        Threads; one for each core when None.

    Examples
    --------
    >>> from sklearn.pipeline import make_pipeline
    >>> from sklearn.preprocessing import StandardScaler
    >>> from sklearn.linear_model import LogisticRegression
    >>> model = make_pipeline(NewsgaugeFeatures(), StandardScaler(), LogisticRegression())
    """

    def __init__(self, columns=None, model=None, n_jobs=None):
        self.columns = columns
        self.model = model
        self.n_jobs = n_jobs

    def fit(self, X, y=None):
        """Nothing is learnt; names are checked.

        Raises
        ------
        ValueError
            When a column is no feature.
        """
        names = feature_names()
        wanted = names if self.columns is None else list(self.columns)
        unknown = [name for name in wanted if name not in names]
        if unknown:
            raise ValueError(f"no feature is called {unknown[0]!r}; see newsgauge.feature_names()")
        self.feature_names_out_ = numpy.asarray(wanted, dtype=object)
        self._places = [names.index(name) for name in wanted]
        return self

    def transform(self, X):
        """The numbers of each text.

        Parameters
        ----------
        X : list, Series, DataFrame or Arrow data of n articles

        Returns
        -------
        numpy.ndarray of float64, shape (n, number of features)

        Raises
        ------
        RejectError
            When a row holds no article: there would be a row too few.
        """
        if not hasattr(self, "_places"):
            self.fit(X)
        if isinstance(X, numpy.ndarray):
            X = X.ravel().tolist()
        # Made anew: a pipeline's copies and processes do not share what cannot be copied.
        numbers, rows, rejected = Scorer(self.model, jobs=self.n_jobs)._matrix(X)
        if rejected:
            raise RejectError(rejected[0])
        return numpy.frombuffer(numbers).reshape(rows, -1)[:, self._places]

    def get_feature_names_out(self, input_features=None):
        """Names of the columns."""
        if not hasattr(self, "_places"):
            self.fit(None)
        return self.feature_names_out_

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        return tags
