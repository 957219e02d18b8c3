"""Turns a formula of LaTeX into MathML, which browsers and screen readers show without a script.

    LaTeX ─▶ one form of its environments ─latex2mathml─▶ tree ─▶ known elements alone, as tokens of a page

What cannot be turned is None, and is shown as it was written. No element of the result acts or links.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from latex2mathml.converter import convert_to_element

# Letters of a formula, its elements within one another, its elements.
_LONGEST, _DEEPEST, _MOST = 2_000, 60, 3_000
_TAGS = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msup", "msub", "msubsup", "munder", "mover",
    "munderover", "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom",
    "menclose",
}  # fmt: skip
_ATTRIBUTES = {
    "display", "displaystyle", "scriptlevel", "stretchy", "fence", "form", "accent", "accentunder",
    "mathvariant", "columnalign", "columnspacing", "rowspacing", "linethickness", "notation", "width",
    "lspace", "rspace", "minsize", "maxsize",
}  # fmt: skip
_SHORT_VALUE = re.compile(r"(?!\D*\d{3})[\w.%+ -]{1,40}")  # no length of a hundred or more
_UNTURNED = re.compile(r"[\\&]")  # a command or an alignment mark that stays in the result
# What defines a command: a few of them, each made of the one before, fill a memory.
_DEFINING = re.compile(r"\\(?:(?:re|provide)?newcommand|newenvironment|[egx]?def|let|DeclareMath\w*)")
_ALIGNED = re.compile(r"\\(begin|end)\{(?:align|aligned|split|eqnarray\*?|flalign\*?)\}")
_SINGLE = re.compile(r"\\(?:begin|end)\{(?:equation|displaymath|math)\*?\}|\\label\{[^}]*\}|\\nonumber\b")
_ROWS = {"math", "mrow", "mtd", "mstyle"}
_PAIRS, _TRIPLES = ("mfrac", "mroot", "msup", "msub", "munder", "mover"), ("msubsup", "munderover")
_CHILDREN = {**dict.fromkeys(_PAIRS, 2), **dict.fromkeys(_TRIPLES, 3)}


def mathml(formula: str, *, display: bool) -> Element | None:
    """Return a formula, without its dollars, as a `math` element; None where not all of it can be turned."""
    text = _SINGLE.sub("", _ALIGNED.sub(r"\\\1{align*}", formula)).strip()
    if not text or len(text) > _LONGEST or _DEFINING.search(text):
        return None
    try:
        math = convert_to_element(text, display="block" if display else "inline")
        tidy = _tidy(math)
    except Exception:  # of many types: the text may be anything
        return None
    if tidy is None or sum(1 for _ in tidy.iter()) > _MOST:
        return None
    tidy.set("alttext", formula.strip())
    return tidy


def tokens(element: Element) -> Iterator[dict[str, Any]]:
    """Yield an element and what is in it as html5lib's tokens."""
    attributes = {(None, name): value for name, value in element.attrib.items()}
    yield {"type": "StartTag", "name": element.tag, "namespace": None, "data": attributes}
    if element.text:
        yield {"type": "Characters", "data": element.text}
    for child in element:
        yield from tokens(child)
    yield {"type": "EndTag", "name": element.tag, "namespace": None, "data": {}}


def _tidy(element: Element, depth: int = 0) -> Element | None:
    """Return an element of known elements and attributes, or None where it holds anything else."""
    name, text = element.tag.rpartition("}")[2], html.unescape(element.text or "").strip("\n")
    if name not in _TAGS or depth > _DEEPEST or _UNTURNED.search(text):
        return None
    children = [_tidy(child, depth + 1) for child in element]
    if len(children) != _CHILDREN.get(name, len(children)):
        return None
    attributes = {key: value for key, value in element.attrib.items() if _is_plain(key, value)}
    tidy = Element("mo" if text == "~" else name, attributes)
    tidy.text = "\N{TILDE OPERATOR}" if text == "~" and name == "mi" else text
    for child in children:
        if child is None:
            return None
        if name in _ROWS and len(tidy) and _needs_space(tidy[-1], child):
            SubElement(tidy, "mspace", width="0.17em")
        tidy.append(child)
    return tidy


def _is_plain(key: str, value: str) -> bool:
    return key in _ATTRIBUTES and bool(_SHORT_VALUE.fullmatch(value))


def _needs_space(left: Element, right: Element) -> bool:
    """Return whether a function's name, such as log, would touch what it is applied to."""
    name = left[0] if left.tag in ("msub", "msup", "munder") and len(left) else left
    is_function = name.tag in ("mi", "mo") and (name.text or "").isalpha() and len(name.text or "") > 1
    return is_function and right.tag not in ("mo", "mspace")
