"""Markdown that a student may have written, as HTML that cannot do anything in the browser that shows it.

    Markdown ─▶ HTML of any kind ─▶ harmless tags and links ─▶ pictures of its cell, formulas without links

Formgrader's pages typeset formulas, so what MathJax would make of a formula counts as well.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import bleach
from bleach.html5lib_shim import Filter
from bleach.sanitizer import Cleaner
from jinja2 import pass_context
from mistune import HTMLRenderer
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from examiner.attachments import Attachments, lifted, picture_address
from examiner.wording import harmless

_TAGS = {
    *bleach.ALLOWED_TAGS, "p", "pre", "h1", "h2", "h3", "h4", "br", "hr", "sub", "sup",
    "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "img",
}  # fmt: skip
_ATTRIBUTES = {**bleach.ALLOWED_ATTRIBUTES, "img": ["src", "alt"]}
_PROTOCOLS = {*bleach.ALLOWED_PROTOCOLS, "attachment"}
_TEXTS = ("Characters", "SpaceCharacters", "Entity")
# What in a formula makes a link, a style or another command. No backslash before it is left.
_ACTING = re.compile(
    r"\\+(?=(?:href|url|class|style|cssId|data|bbox|mmlToken|require|csname|unicode|includegraphics|html\w*)"
    r"(?![A-Za-z]))"
)
_MOST_LETTERS = 20_000  # longer ones are cut: to format them can take long
_LONGEST_PICTURE = 10_000_000


def safe_html(
    source: str, attachments: Attachments | None = None, *, longest_picture: int = _LONGEST_PICTURE
) -> str:
    """Return Markdown as HTML of harmless tags and links; scripts, styles and other pictures are left out.

    Pictures of `attachments`, which are those of its cell, and of the text itself are shown where none is
    longer than so many letters. Markdown that cannot be formatted is shown as it was written.
    """
    source, inline = lifted(source.encode(errors="replace").decode())
    if len(source) > _MOST_LETTERS:
        source = source[:_MOST_LETTERS] + " … (cut)"
    pictures = partial(_Pictures, attachments={**(attachments or {}), **inline}, longest=longest_picture)
    cleaner = Cleaner(_TAGS, _ATTRIBUTES, _PROTOCOLS, strip=True, filters=[pictures, _QuietFormulas])
    try:
        formatted = MarkdownWithMath(renderer=_Renderer(escape=False)).render(source)
        return harmless(str(cleaner.clean(formatted)))
    except Exception:  # of many types: the text may be anything
        return f"<pre>{html.escape(harmless(_quiet(source)))}</pre>"


@pass_context
def markdown_in_formgrader(context: Any, source: str) -> str:
    """Return a cell's Markdown for Formgrader, in the place of nbconvert's filter, with its pictures."""
    return safe_html(source, context.get("cell", {}).get("attachments"))


class _Renderer(IPythonRenderer):
    """nbconvert's, which raises an error for a picture that is not there; here pictures come later."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Render a picture as a tag with its address as it was written."""
        return HTMLRenderer.image(self, text, url, title)


class _Pictures(Filter):  # type: ignore[misc]
    """Puts the pictures of attachments in their places, and words in the places of all others."""

    def __init__(self, source: Any, attachments: Attachments, longest: int):
        super().__init__(source)
        self._attachments, self._longest = attachments, longest

    def __iter__(self) -> Iterator[Any]:
        for token in super().__iter__():
            yield self._shown(token) if token.get("name") == "img" else token

    def _shown(self, token: Any) -> Any:
        said = {name: value for (_, name), value in token["data"].items()}
        alt = said.get("alt") or "picture in the answer"
        address = picture_address(said.get("src", ""), self._attachments, self._longest)
        if not address:
            return {"type": "Characters", "data": f"({alt}: this picture cannot be shown here)"}
        return {**token, "data": {(None, "alt"): alt, (None, "src"): address}}


class _QuietFormulas(Filter):  # type: ignore[misc]
    """Takes from formulas what makes more than a formula; letters in disguise are undone first."""

    def __iter__(self) -> Iterator[Any]:
        said = ""
        for token in super().__iter__():
            if token["type"] in _TEXTS:
                said += f"&{token['name']};" if token["type"] == "Entity" else token["data"]
                continue
            if said:
                yield {"type": "Characters", "data": _quiet(html.unescape(said))}
                said = ""
            yield token
        if said:
            yield {"type": "Characters", "data": _quiet(html.unescape(said))}


def _quiet(text: str) -> str:
    return _ACTING.sub("", text)
