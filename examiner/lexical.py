"""Code as a sequence of strings, comments and the rest, whether it is valid or not.

Python's own tokenizer refuses what is broken, and a student's code may be any text. Here a text is read once
from its beginning to its end, so that the time grows with its length alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_PART = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<string>'''(?:[^'\\]|\\.?|'(?!''))*(?:'''|\Z)
               |\"""(?:[^"\\]|\\.?|"(?!""))*(?:\"""|\Z)
               |'(?:[^'\\\n]|\\.?)*'?
               |"(?:[^"\\\n]|\\.?)*"?)
    |(?P<curly>[“”„‟][^“”„‟\n]*[“”„‟]|[‘’‚‛][^‘’‚‛\n]*[‘’‚‛])""",
    re.VERBOSE | re.DOTALL,
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_STEP = re.compile(r"[][(){},;]|\n|[-+~*/%@&|^.<>=!]|\b(?:lambda|not|if|else|elif|await|yield|and|or)\b")
_FORMATTED = re.compile(r"(?:^|\W)[rR]?[fF][rR]?$")
# Between a bracket and what is in it, a parser goes through every kind of operator.
_BRACKET = 10


@dataclass(frozen=True)
class Part:
    """A stretch of code: a string with its quotes, a comment, or what stands between those.

    Between curly quotes, which Python does not know, stands what was meant for a string.
    """

    kind: Literal["code", "string", "comment", "curly"]
    text: str


def parts(source: str) -> Iterator[Part]:
    """Yield the parts of a text, which together are the text; a string that is not closed ends with it."""
    end = 0
    for found in _PART.finditer(source):
        if found.start() > end:
            yield Part("code", source[end : found.start()])
        yield Part(_kind(found), found[0])
        end = found.end()
    if end < len(source):
        yield Part("code", source[end:])


def _kind(found: re.Match[str]) -> Literal["string", "comment", "curly"]:
    if found["string"] is not None:
        return "string"
    return "comment" if found["curly"] is None else "curly"


def lines(source: str) -> Iterator[tuple[str, bool]]:
    """Yield each line of a text, its end included, and whether a statement may begin there.

    None does within brackets or a string, and behind a backslash.
    """
    begins, depth, before = [True], 0, ""
    for part in parts(source):
        if part.kind != "code":
            begins += [False] * part.text.count("\n")
            before = ""
            continue
        for letter in part.text:
            if letter == "\n":
                begins.append(depth == 0 and before != "\\")
            else:
                depth = max(0, depth + (letter in "([{") - (letter in ")]}"))
            before = letter
    yield from zip(_LINE.findall(source), begins, strict=False)


def is_deep(source: str, limit: int) -> bool:
    """Return whether a parser may have to go deeper than a limit."""
    brackets = sum(map(source.count, "([{"))
    # Where there are few brackets and operators, their order does not matter.
    return _BRACKET * brackets + len(_STEP.findall(source)) > limit and nesting(source) > limit


def nesting(source: str) -> int:
    """Return how deep a parser may have to go, or more: brackets and operators within one another."""
    deepest, is_formatted, levels = 0, False, _Levels()
    for part in parts(source):
        if part.kind == "code":
            for step in _STEP.findall(part.text):
                levels.take(step)
                deepest = max(deepest, levels.depth)
            is_formatted = bool(_FORMATTED.search(part.text[-4:]))
        elif part.kind == "string" and is_formatted:
            deepest = max(deepest, levels.depth + len(_STEP.findall(part.text.partition("{")[2])))
    return deepest


class _Levels:
    """How deep a parser is at a place: what stands open there, by brackets.

    A comma or a new statement ends what operators have opened, but not what `lambda` or `elif` have.
    """

    def __init__(self) -> None:
        self.depth = 0
        self._opened = [[0, 0]]  # by brackets: what ends with a comma, what does not

    def take(self, step: str) -> None:
        if step in "([{":
            self._opened.append([_BRACKET, 0])
            self.depth += _BRACKET
        elif step in ")]}":
            if len(self._opened) > 1:
                self.depth -= sum(self._opened.pop()) - 1  # what is called or indexed holds all before it
                self._opened[-1][0] += 1
        elif step in ",;" or (step == "\n" and len(self._opened) == 1):
            base = _BRACKET if len(self._opened) > 1 else 0
            self.depth -= self._opened[-1][0] - base
            self._opened[-1][0] = base
        elif step != "\n":
            self._opened[-1][step in ("lambda", "elif")] += 1
            self.depth += 1
