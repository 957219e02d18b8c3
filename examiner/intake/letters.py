"""Reads code that only its letters break: unusual spaces, curly quotes, tabs between spaces, fences.

Text that went through a word processor, a chat or a web page looks like code and is not valid. Each step
changes nothing within strings and comments. A step is taken only if the whole is valid code afterwards and
was not before. The number of lines stays the same.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable

from examiner.notebook.lexical import lines, parts
from examiner.notebook.syntax import parsed

Step = Callable[[str], str]

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_NOTHING = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\ufeff"
_QUOTES: dict[str, str] = {**dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("‘’‚‛′", "'")}
_SIGNS = {
    **dict.fromkeys("−–", "-"), **dict.fromkeys("×∗⋅", "*"), "÷": "/", "∕": "/", "≤": "<=", "≥": ">=",
    "≠": "!=", "…": "...", "、": ",", **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
}  # fmt: skip
_FENCED = re.compile(r"(\s*)```[^\n`]*(\n.*)\n[^\S\n]*```\s*", re.DOTALL)
_INDENTATION = re.compile(r"[ \t]*")
_TAB_STOPS = (8, 4)
_LONGEST = 20_000  # a broken text is parsed several times


@functools.lru_cache(maxsize=500)
def mended_letters(source: str) -> tuple[str, tuple[str, ...]]:
    """Return code as it was meant, and a clause for each change; the same code, if changes do not help."""
    steps = [] if len(source) > _LONGEST else [step for step in _STEPS if _changes(step, source)]
    if not steps or parsed(source) is not None or not _is_valid(steps, source):
        return source, ()
    for step in list(steps):
        fewer = [other for other in steps if other is not step]
        if fewer and _is_valid(fewer, source):
            steps = fewer
    return _after(steps, source), tuple(_STEPS[step] for step in steps)


def _changes(step: Step, source: str) -> bool:
    return "\t" in source if step is _with_spaces_for_tabs else step(source) != source


def _after(steps: list[Step], source: str) -> str:
    return functools.reduce(lambda text, step: step(text), steps, source)


def _is_valid(steps: list[Step], source: str) -> bool:
    return parsed(_after(steps, source)) is not None


def _without_fences(source: str) -> str:
    found = _FENCED.fullmatch(source)
    return f"{found[1]}{found[2]}" if found else source


def _with_plain_spaces(source: str) -> str:
    table = _table({**dict.fromkeys(_SPACES, " "), **dict.fromkeys(_NOTHING, "")})
    return _in_code(source, lambda text: text.translate(table))


def _with_straight_quotes(source: str) -> str:
    return "".join(
        _straight(part.text) if part.kind == "curly" else
        part.text.translate(_table(_QUOTES)) if part.kind == "code" else part.text
        for part in parts(source)
    )  # fmt: skip


def _straight(quoted: str) -> str:
    quote = _QUOTES[quoted[0]]
    inside = quoted[1:-1].replace(quote, f"\\{quote}")
    return f"{quote}{inside}{quote}"


def _with_plain_signs(source: str) -> str:
    return _in_code(source, lambda text: text.translate(_table(_SIGNS)))


def _table(letters: dict[str, str]) -> dict[int, str]:
    return {ord(letter): plain for letter, plain in letters.items()}


def _in_code(source: str, change: Callable[[str], str]) -> str:
    return "".join(change(part.text) if part.kind == "code" else part.text for part in parts(source))


def _with_spaces_for_tabs(source: str) -> str:
    """Return code indented by spaces alone, if it means the same however wide a tab is taken for."""
    meanings = {}
    for width in _TAB_STOPS:
        text = "".join(_expanded(line, width) if begins else line for line, begins in lines(source))
        tree = parsed(text)
        if tree is not None:
            meanings[_meaning(tree)] = text
    return next(iter(meanings.values())) if len(meanings) == 1 else source


def _expanded(line: str, width: int) -> str:
    end = _INDENTATION.match(line).end()  # type: ignore[union-attr]  # it matches anything
    return line[:end].expandtabs(width) + line[end:]


def _meaning(tree: ast.Module) -> str:
    try:
        return ast.dump(tree)
    except RecursionError:
        return f"too deep to compare: {id(tree)}"


_STEPS: dict[Step, str] = {
    _with_plain_spaces: "unusual spaces were read as normal spaces",
    _with_straight_quotes: "curly quotes were read as straight quotes",
    _with_spaces_for_tabs: "tabs between spaces were read as spaces",
    _with_plain_signs: "signs such as − were read as the signs that they look like, such as -",
    _without_fences: "the marks ``` around the code were ignored",
}
