"""Turns a student's Markdown into HTML that cannot do anything in the browser that shows it.

    Markdown ─▶ HTML of any kind ─▶ harmless tags and links ─▶ pictures of its cell, formulas as MathML

A formula that cannot be turned into MathML is shown as it was written, and marked. Nothing that acts is left
in it either: another page may have a script that typesets formulas.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import bleach
from bleach.html5lib_shim import Filter
from bleach.sanitizer import Cleaner
from jinja2 import pass_context
from mistune import HTMLRenderer
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from examiner.intake.attachments import Attachments, lifted, picture_address
from examiner.results.mathml import mathml, tokens
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
# Where a formula begins, of a line or of its own, and where it ends: no text that is read holds these.
_INLINE, _DISPLAY, _END = "\ue000", "\ue001", "\ue002"
_MARKS = re.compile(f"[{_INLINE}{_DISPLAY}{_END}]")
_MARKED = re.compile(f"([{_INLINE}{_DISPLAY}])([^{_INLINE}{_DISPLAY}{_END}]*){_END}")
_IN_HTML = re.compile(r"(?<![\\$])(\$\$?)(?!\$)([^$]{1,2000}?)(?<!\\)\1(?!\$)")
_CODE = {"code", "pre"}
_MOST_LETTERS = 20_000  # longer ones are cut: to format them can take long
_LONGEST_PICTURE = 10_000_000


def safe_html(
    source: str,
    attachments: Attachments | None = None,
    *,
    fit: Callable[[str], str] = str,
    headings: bool = True,
) -> str:
    """Return Markdown as HTML of harmless tags and links; scripts, styles and other pictures are left out.

    Pictures of `attachments`, which are those of its cell, and of the text itself are shown; `fit`
    returns the address of a picture as the page holds it, or nothing where it does not fit. Without
    `headings` they are bold lines, which leave the outline of a page alone. Markdown that cannot be formatted
    is shown as it was written.
    """
    source, inline = lifted(_MARKS.sub("", source.encode(errors="replace").decode()))
    if len(source) > _MOST_LETTERS:
        source = source[:_MOST_LETTERS] + " … (cut)"
    pictures = partial(_Pictures, attachments={**(attachments or {}), **inline}, fit=fit)
    filters = [pictures, _Named, _Formulas, *([] if headings else [_BoldHeadings])]
    cleaner = Cleaner(_TAGS, _ATTRIBUTES, _PROTOCOLS, strip=True, filters=filters)
    try:
        formatted = MarkdownWithMath(renderer=_Renderer(escape=False, exclude_anchor_links=True)).render(
            source
        )
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

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Render a link; one without words shows where it leads."""
        return HTMLRenderer.link(self, text if text.strip() else html.escape(url), url, title)

    def inline_math(self, body: str) -> str:
        """Mark a formula within a line; in "$5 and $6" there is none."""
        if body[-1:].isspace() and not body[:1].isspace():
            return f"${self.escape_html(body)}$"
        return f"{_INLINE}{self.escape_html(body)}{_END}"

    def block_math(self, body: str) -> str:
        """Mark a formula that stands alone."""
        return f"{_DISPLAY}{self.escape_html(body)}{_END}"

    def latex_environment(self, name: str, body: str) -> str:
        """Mark an environment of LaTeX as a formula that stands alone."""
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def block_html(self, html: str) -> str:
        """Mark the formulas in a piece of HTML, where Markdown looks for none."""
        marked = _IN_HTML.sub(lambda found: self._marked(found[1], found[2]), html)
        return str(super().block_html(marked))

    def _marked(self, dollars: str, body: str) -> str:
        return f"{_INLINE if dollars == '$' else _DISPLAY}{body}{_END}"


class _Pictures(Filter):  # type: ignore[misc]
    """Puts the pictures of attachments in their places, and words in the places of all others."""

    def __init__(self, source: Any, attachments: Attachments, fit: Callable[[str], str]):
        super().__init__(source)
        self._attachments, self._fit = attachments, fit

    def __iter__(self) -> Iterator[Any]:
        for token in super().__iter__():
            yield self._shown(token) if token.get("name") == "img" else token

    def _shown(self, token: Any) -> Any:
        said = {name: value for (_, name), value in token["data"].items()}
        alt = _written(said.get("alt") or "picture in the answer")
        address = self._fit(picture_address(said.get("src", ""), self._attachments, _LONGEST_PICTURE))
        if not address:
            return {"type": "Characters", "data": f"({alt}: this picture cannot be shown here)"}
        return {**token, "data": {(None, "alt"): alt, (None, "src"): address}}


class _Named(Filter):  # type: ignore[misc]
    """Leaves no link and no summary without words: a screen reader would have none for it."""

    def __iter__(self) -> Iterator[Any]:
        waiting: list[Any] = []
        for token in super().__iter__():
            name, kind = token.get("name"), token["type"]
            if waiting and kind == "EndTag" and name == waiting[0]["name"]:
                yield from _named(waiting, token)
                waiting = []
                continue
            is_blank = kind in _TEXTS and not token.get("data", "&").strip()
            if waiting and not is_blank:
                yield from waiting
                waiting = []
            if waiting or (kind == "StartTag" and name in ("a", "summary")):
                waiting.append(token)
            else:
                yield token
        yield from waiting


def _named(empty: list[Any], end: Any) -> Iterator[Any]:
    """Yield an element that holds no words: a summary with a word, of a link nothing."""
    if end["name"] == "summary":
        yield from [empty[0], {"type": "Characters", "data": "Details"}, end]


class _BoldHeadings(Filter):  # type: ignore[misc]
    """Makes a heading a bold line."""

    def __iter__(self) -> Iterator[Any]:
        for token in super().__iter__():
            if not re.fullmatch("h[1-6]", token.get("name") or ""):
                yield token
                continue
            line = {**token, "name": "p", "data": {}}
            strong = {**token, "name": "strong", "data": {}}
            yield from (line, strong) if token["type"] == "StartTag" else (strong, line)


class _Formulas(Filter):  # type: ignore[misc]
    """Puts formulas in the places of their marks, and quiets what a script could take for one.

    Letters in disguise are undone first.
    """

    def __iter__(self) -> Iterator[Any]:
        said, in_code = "", 0
        for token in super().__iter__():
            if token["type"] in _TEXTS:
                said += f"&{token['name']};" if token["type"] == "Entity" else token["data"]
                continue
            yield from _text(html.unescape(said), in_code > 0)
            said = ""
            in_code += (token.get("name") in _CODE) * {"StartTag": 1, "EndTag": -1}.get(token["type"], 0)
            yield _with_plain_attributes(token)
        yield from _text(html.unescape(said), in_code > 0)


def _text(said: str, in_code: bool) -> Iterator[Any]:
    """Yield a text with its formulas, each as MathML or as it was written; code holds none."""
    if in_code:
        said = _written(said)
    begun = 0
    for found in _MARKED.finditer(said):
        yield from _characters(said[begun : found.start()])
        yield from _formula(found[2], display=found[1] == _DISPLAY)
        begun = found.end()
    yield from _characters(said[begun:])


def _characters(said: str) -> Iterator[Any]:
    if said:
        yield {"type": "Characters", "data": _quiet(_MARKS.sub("", said))}


def _formula(body: str, *, display: bool) -> Iterator[Any]:
    turned = None if _ACTING.search(body) else mathml(body, display=display)
    name, kind = ("code", "formula") if turned is None else ("span", "display")
    if turned is not None and not display:
        yield from tokens(turned)
        return
    # A wide formula is scrolled, by keys as well.
    focus = {(None, "tabindex"): "0", (None, "role"): "group", (None, "aria-label"): "Formula"}
    told = {(None, "title"): "A formula, as it was written"} if turned is None else focus
    yield {"type": "StartTag", "name": name, "namespace": None, "data": {(None, "class"): kind, **told}}
    dollars = "$$" if display else "$"
    yield from _characters(f"{dollars}{body}{dollars}") if turned is None else tokens(turned)
    yield {"type": "EndTag", "name": name, "namespace": None, "data": {}}


def _with_plain_attributes(token: Any) -> Any:
    """Return a tag in whose attributes, such as the words for a picture, formulas stay as they are."""
    if token["type"] not in ("StartTag", "EmptyTag") or not token["data"]:
        return token
    return {**token, "data": {name: _written(value) for name, value in token["data"].items()}}


def _written(said: str) -> str:
    """Return a text with dollars in the places of marks."""
    return _MARKED.sub(lambda found: ("$" if found[1] == _INLINE else "$$").join(["", found[2], ""]), said)


def _quiet(text: str) -> str:
    return _ACTING.sub("", text)
