"""Messages as calm cards: a sign, a colour and a sentence, for light and dark pages, with a plain text.

    ✓ passes        ✗ not right yet        ○ not filled in, or not run        ↻ changed since

The sign and the words say all; the colour repeats it. Text takes the page's own colour. The styles stand in
the tags themselves, since front ends drop or isolate style sheets.
"""

from __future__ import annotations

import html
import re
import typing

from neurocourse import look

if typing.TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["as_card", "as_table", "inline"]

_MARKS = {
    "pass": "good-mark",
    "partly": "bad-mark",
    "not yet": "bad-mark",
    "changed": "wait-mark",
    "waits": "wait-mark",
}
_STILL = "still-mark"
_TINT = "1a"  # behind #rrggbb: a tenth of the colour, over a light or a dark page
_CELL = "padding: 0.15em 1em 0.15em 0; text-align: left; vertical-align: top"


def as_card(state: str, text: str, *, style: str = "") -> dict[str, str]:
    """Return Jupyter display data that show a sentence as a card.

    Parameters
    ----------
    state : str
        One of `neurocourse.look.SIGNS`.
    text : str
        Plain text in which names may stand between backticks.
    style : str
        CSS rules that go with the card.

    Returns
    -------
    dict
        The same message by MIME type: HTML and plain text.
    """
    mark = _mark(state)
    box = f"border-left: 4px solid {mark}; background: {mark}{_TINT}; padding: 0.4em 0.8em"
    sheet = f"<style>{style}</style>" if style else ""
    card = f'{sheet}<div class="neurocourse-card" style="{box}">{_sign(state)} {inline(text)}</div>'
    return {"text/html": card, "text/plain": f"{look.SIGNS[state]} {text}"}


def as_table(
    header: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], below: Sequence[str]
) -> dict[str, str]:
    """Return Jupyter display data that show a table with a sign in the last column, and lines below it.

    Parameters
    ----------
    header : sequence of str
        What the columns hold.
    rows : sequence of (str, sequence of str)
        The state, one of `neurocourse.look.SIGNS`, and what stands in each column.
    below : sequence of str
        Sentences, as for `inline`.
    """
    titles = "".join(f'<th scope="col" style="{_CELL}">{title}</th>' for title in header)
    body = "".join(f"<tr>{_row(state, texts)}</tr>" for state, texts in rows)
    lines = "".join(f"<p>{inline(text)}</p>" for text in below)
    plain = [header, *([*texts[:-1], f"{look.SIGNS[state]} {texts[-1]}"] for state, texts in rows)]
    widths = [max(map(len, column)) for column in zip(*plain, strict=True)]
    return {
        "text/html": f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>{lines}",
        "text/plain": "\n".join([*(_padded(texts, widths) for texts in plain), "", *below]),
    }


def inline(text: str) -> str:
    """Return plain text as HTML, with what stands between backticks as code.

    Examples
    --------
    >>> inline("`a < b` & so on")
    '<code>a &lt; b</code> &amp; so on'
    """
    return re.sub("`([^`\n]+)`", r"<code>\1</code>", html.escape(text, quote=False))


def _mark(state: str) -> str:
    return look.colour(_MARKS.get(state, _STILL))


def _sign(state: str) -> str:
    return f'<strong style="color: {_mark(state)}" aria-hidden="true">{look.SIGNS[state]}</strong>'


def _row(state: str, texts: Sequence[str]) -> str:
    shown = [*map(inline, texts[:-1]), f"{_sign(state)}&nbsp;{inline(texts[-1])}"]
    return "".join(f'<td style="{_CELL}">{text}</td>' for text in shown)


def _padded(texts: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(text.ljust(width) for text, width in zip(texts, widths, strict=True)).rstrip()
