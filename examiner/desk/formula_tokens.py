r"""Splits a formula, in LaTeX or as people type it, into tokens of one kind for both.

`\lambda`, `λ` and `lambda` are the same name; fonts, sizes and spaces are left out. What nobody knows is a
token `?`, which makes its side of an equation unreadable: nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "name", "function", "sum", "mark", "relation", "command"]
_MOST_LETTERS, _MOST_TOKENS = 2_000, 500


class Unread(Exception):
    """A formula that cannot be read: it has another form than those that are known, or it is too large."""


@dataclass(frozen=True)
class Token:
    """A piece of a formula."""

    kind: Kind
    text: str


_UNKNOWN, _END = Token("mark", "?"), Token("mark", ";")
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΦΨΩ",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "pi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Pi",
            "Phi",
            "Psi",
            "Omega",
        ],
        strict=True,
    )
)
_SMALL = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₜ", "0123456789ijknt", strict=True))
_HIGH = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹ᵀ", "0123456789T", strict=True))
_LETTERS = {
    **{letter: f" {name} " for letter, name in _GREEK.items()},
    **{letter: f"_{digit}" for letter, digit in _SMALL.items()},
    **{letter: f"^{digit}" for letter, digit in _HIGH.items()},
    "Σ": " sum ", "∑": " sum ", "∏": " prod ", "·": "*", "×": "*", "⋅": "*", "∗": "*", "−": "-", "–": "-",
    "÷": "/", "√": " sqrt ", "≈": "\\approx ", "≤": "\\leq ", "≥": "\\geq ", "∝": "\\propto ",
    "∂": "\\partial ",
    "⇒": "\\Rightarrow ",
    "→": "\\to ", "∞": "\\infty ", "ℓ": "\\ell ", "⊤": "\\top ", "\u00a0": " ",
}  # fmt: skip
_FUNCTIONS = {"exp", "log", "ln", "sin", "cos", "tan", "tanh", "sinh", "cosh", "sqrt", "abs"}
_SUMS = {"sum", "prod"}
# Words of two or three letters, which otherwise are products.
_APPLIED = {
    "max", "min", "arg", "var", "Var", "cov", "Cov", "std", "det", "sgn", "sup", "inf", "lim", "mod", "erf",
}  # fmt: skip
GREEK = frozenset(_GREEK.values())
_NAMES = {*GREEK, "ell", "infty", "partial", "nabla", "top", "intercal"}
_SAME = {"varepsilon": "epsilon", "varphi": "phi", "vartheta": "theta", "varsigma": "sigma", "l": "ell"}
_TIMES = {"cdot", "times", "ast", "odot", "circ"}
_RELATIONS = {
    "approx": "≈", "simeq": "≈", "sim": "~", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "propto": "∝",
    "neq": "≠", "ne": "≠", "equiv": "=", "Rightarrow": "⇒", "implies": "⇒", "iff": "⇔", "to": "→",
    "rightarrow": "→", "lt": "<", "gt": ">", "coloneqq": "=",
}  # fmt: skip
_COMMANDS = {"frac", "dfrac", "tfrac", "hat", "bar", "tilde", "dot", "widehat", "overline", "widetilde"}
_NOTHING = {
    "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl",
    "Biggr", "displaystyle", "textstyle", "limits", "nolimits", "mathbf", "boldsymbol", "bm", "vec",
    "mathcal", "mathit", "mathsf", "underline", "boxed", "mathstrut", "bf",
}  # fmt: skip
_SEPARATORS = {"quad", "qquad"}
_WORDED = re.compile(
    r"\\(?:mathrm|text|operatorname|mathtt|textrm|rm|textit|mbox)\*?\s*\{\s*([\w\s.,-]{1,40}?)\s*\}"
)
_TOKEN = re.compile(
    r"(?P<space>\s+|\\[,;:!> ]|~|&)|(?P<number>\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})|\\(?P<command>[A-Za-z]+)|"
    r"(?P<brace>\\[{}|])|(?P<word>[A-Za-z]+)|(?P<power>\*\*)|(?P<relation><=|>=|:=|==|[=<>])|"
    r"(?P<dot>\.)|(?P<mark>[-+*/^_!(){}\[\],;'])"
)


def tokens_of(formula: str) -> list[Token]:
    """Return the tokens of a formula without its dollars; raise `Unread` where one is not known."""
    if len(formula) > _MOST_LETTERS:
        raise Unread
    text = "".join(_LETTERS.get(letter, letter) for letter in _WORDED.sub(_worded, formula))
    tokens: list[Token] = []
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if len(tokens) > _MOST_TOKENS:
            raise Unread
        if found is None:
            tokens.append(_UNKNOWN)
            place += 1
            continue
        tokens += _tokens(found, text, in_index=bool(tokens) and tokens[-1] == Token("mark", "_"))
        place = found.end()
    return _without_end(tokens)


def _worded(found: re.Match[str]) -> str:
    """Return the name that a piece of upright text stands for; spaces would make it several."""
    name = re.sub(r"[\s.,-]", "", found[1])
    return f" {name} " if name in _FUNCTIONS | {"T", "e"} else f" \\name{name.replace('_', '')}Name "


def _tokens(found: re.Match[str], text: str, *, in_index: bool) -> list[Token]:
    kind, told = str(found.lastgroup), found[str(found.lastgroup)]
    match kind:
        case "space":
            return []
        case "number":
            return [Token("number", told)]
        case "command":
            return _command(told)
        case "word":
            return _word(told, in_index=in_index)
        case "relation":
            return [Token("relation", {"<=": "≤", ">=": "≥"}.get(told, told.strip(":") or "=")[:1])]
        case "power":
            return [Token("mark", "^")]
        case "brace":
            return [Token("mark", {"{": "(", "}": ")"}[told[1]])] if told[1] != "|" else [_UNKNOWN]
        case "dot":
            return _dot(text, found.start())
    return [Token("mark", told)]


def _dot(text: str, place: int) -> list[Token]:
    """Return a product for a dot between two names, and nothing for one that ends a sentence."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if before.isalnum() and after.isalpha():
        return [Token("mark", "*")]
    return [_END]


def _command(name: str) -> list[Token]:
    if name.startswith("name") and name.endswith("Name"):
        return [Token("name", name[4:-4])]
    name = _SAME.get(name, name)
    if name in _NOTHING:
        return []
    if name in _RELATIONS:
        return [Token("relation", _RELATIONS[name])]
    if name in _TIMES:
        return [Token("mark", "*")]
    if name in _SEPARATORS:
        return [_END]
    if name in _COMMANDS:
        return [Token("command", name.lstrip("dt") if name.endswith("frac") else name)]
    known = _known(name)
    return [known or _UNKNOWN]


def _known(name: str) -> Token | None:
    if name in _FUNCTIONS:
        return Token("function", name)
    if name in _SUMS:
        return Token("sum", name)
    return Token("name", name) if name in _NAMES else None


def _word(word: str, *, in_index: bool) -> list[Token]:
    """Return a run of letters: a name that is known, a word, or a product of letters."""
    if known := _known(word):
        return [known]
    if len(word) == 1 or ((len(word) > 3 or word.isupper() or word in _APPLIED) and not in_index):
        return [Token("name", word)]
    if in_index:  # `x_ij` has two indices
        letters = [Token("name", letter) for letter in word]
        return [Token("mark", "{"), *letters, Token("mark", "}")]
    return [Token("name", letter) for letter in word]


def _without_end(tokens: list[Token]) -> list[Token]:
    """Leave out wide spaces before an operator, and the full stop or comma behind a formula."""
    following = [*tokens[1:], _END]
    kept = [
        token
        for token, after in zip(tokens, following, strict=True)
        if token != _END or not (after.kind == "relation" or after.text in "+-*/")
    ]
    while kept and kept[-1].kind == "mark" and kept[-1].text in ";,":
        kept.pop()
    while kept and kept[0] == _END:
        kept.pop(0)
    return kept
