"""A progress bar for loops that take long enough to wonder."""

import sys

from neurocourse import settings

__all__ = ["progress"]

_SHORT = 200


def progress(items, description):
    """Give the items of a sequence one by one, with a bar where there are many.

    Parameters
    ----------
    items : sequence
        With fewer than 200 items, and in quick mode, there is no bar.
    description : str
        What the loop does.

    Examples
    --------
    >>> [2 * number for number in progress(range(3), "double")]
    [0, 2, 4]
    """
    if len(items) < _SHORT or settings.is_quick():
        return items
    from tqdm import tqdm

    return tqdm(items, desc=description, file=sys.stdout, leave=False)
