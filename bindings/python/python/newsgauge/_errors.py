"""What newsgauge raises."""

from ._newsgauge import LearnError, ModelError, NewsgaugeError

__all__ = ["LearnError", "ModelError", "NewsgaugeError", "RejectError", "RejectWarning"]


class RejectError(NewsgaugeError, ValueError):
    """A row that holds no article.

    Attributes
    ----------
    row : int
        Its number among the rows read, from 0.
    reason : str
        What is wrong with it, and what to do.
    source : str
        Where it stands: ``row 3``, or file and line.
    id : str or None
        Its id, where it has one.
    """

    def __init__(self, reject):
        super().__init__(f"{reject.source}: {reject.reason}")
        self.row = reject.row
        self.id = reject.id
        self.source = reject.source
        self.reason = reject.reason


class RejectWarning(UserWarning):
    """Some rows were rejected; the result's ``rejects`` tells which and why."""
