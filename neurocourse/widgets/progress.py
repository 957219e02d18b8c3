"""A progress bar for loops that take long enough to wonder."""

import sys

from neurocourse import settings

__all__ = ["progress"]

_PATIENCE = 1.0
_PACE = 0.3  # seconds between two looks


def progress(items, description):
    """Give the items of a sequence one by one, with a bar once the loop has taken a second.

    Parameters
    ----------
    items : sequence
        In quick mode there is no bar.
    description : str
        What the loop does.

    Examples
    --------
    >>> [2 * number for number in progress(range(3), "double")]
    [0, 2, 4]
    """
    if settings.is_quick():
        return items
    from IPython import get_ipython
    from tqdm import tqdm

    file = sys.stdout if get_ipython() is None else _Line()
    return tqdm(items, desc=description, file=file, leave=False, delay=_PATIENCE, mininterval=_PACE, ncols=70)


class _Line:
    """A line in a notebook's output that each write replaces, so that a saved page holds only the last."""

    encoding = "utf-8"

    def __init__(self):
        self._shown = None

    def write(self, text):
        from IPython.display import display

        data = {"text/plain": text.strip()}
        if self._shown:
            self._shown.update(data, raw=True)
        elif data["text/plain"]:
            self._shown = display(data, raw=True, display_id=True)

    def flush(self):
        """Do nothing: a write is shown at once."""
