"""The course's look for what has no style sheet: the signs of states, and the colours of their marks.

    look.css ─▶ pages (`var(--look-good)`)
            └─▶ `colour` ─▶ cards in notebooks, bars in mail: a colour in the tag itself

`look.css` beside this module holds each colour once.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

__all__ = ["SIGNS", "colour", "style_sheet"]

SIGNS = {
    "pass": "✓",
    "partly": "◐",
    "not yet": "✗",
    "to do": "○",
    "changed": "↻",
    "written": "✎",
    "waits": "…",
}
"""What stands for each state, also where no colour can be seen."""


@functools.cache
def style_sheet() -> str:
    """Return the style sheet that all pages share."""
    return Path(__file__).with_name("look.css").read_text(encoding="utf-8")


def colour(name: str) -> str:
    """Return a colour that is the same on light and on dark pages.

    Parameters
    ----------
    name : str
        As in the style sheet, without ``--look-``.

    Examples
    --------
    >>> len(colour("good-mark"))
    7
    """
    found = re.search(rf"--look-{re.escape(name)}: (#[0-9a-f]{{6}});", style_sheet())
    if found is None:
        raise KeyError(f"look.css has no single colour {name!r}: expected --look-{name}: #rrggbb")
    return found[1]
