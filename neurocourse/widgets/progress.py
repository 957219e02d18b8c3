"""A progress bar for loops that take long enough to wonder."""

import sys

from neurocourse import settings

__all__ = ["progress"]

_PATIENCE = 1.0


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
    from tqdm import tqdm

    return tqdm(items, desc=description, file=sys.stdout, leave=False, delay=_PATIENCE)
