"""Reads the tokens of a formula into trees, one for each side of its relations.

    Σ_i e^{k·x_i} − y_i k·x_i ─▶ sum over i of (e^(k x_i) − y_i k x_i)

A sum takes in what follows it while that has its index. Vectors are read as numbers: a dot product is a
product, and the transpose of its first factor is left out. What that would make equal to something else is
not read at all: outer products, transposed matrices, derivatives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from examiner.desk.formula_tokens import GREEK, Token, Unread, tokens_of

Kind = Literal[
    "number", "symbol", "add", "multiply", "negate", "divide", "power", "function", "applied", "sum",
    "factorial",
]  # fmt: skip
_DEEPEST, _MOST_SUMS = 40, 3
_OPEN = {"(": ")", "[": "]", "{": "}"}
_TRANSPOSED = {"T", "top", "intercal"}
_DERIVED = {"partial", "nabla"}
# Names of functions rather than of factors, where a bracket follows; so are all words.
_APPLIED = frozenset(["f", "g", "h", "F", "G", "H", "p", "P", "q", "Q", "sigma", "phi", "psi", "Phi", "Psi"])


@dataclass(frozen=True)
class Tree:
    """A node of a formula; `name` is that of a symbol, a function or the index of a sum, or a number."""

    kind: Kind
    name: str = ""
    parts: tuple[Tree, ...] = ()

    @property
    def free(self) -> frozenset[str]:
        """The names that stand as an index somewhere in it, and that no sum of it binds."""
        inner = frozenset[str]().union(*(part.free for part in self.parts))
        if self.kind in ("symbol", "applied"):
            return inner | {part.name for part in self.parts if part.kind == "symbol" and not part.parts}
        return inner - {self.name.partition(" ")[2]} if self.kind == "sum" else inner


@dataclass(frozen=True)
class Side:
    """What stands on one side of a relation; no tree where it cannot be read. A name says what is defined.

    `relation` is the sign before it. `head` is what it names: its pieces without what stands in brackets.
    """

    tree: Tree | None
    is_name: bool
    relation: str = ""
    head: str = ""


def sides_of(formula: str) -> list[Side]:
    """Return the sides of a formula, from left to right; raise `Unread` where its pieces are not known."""
    sides: list[tuple[str, list[Token]]] = [("", [])]
    depth = 0
    for token in tokens_of(formula):
        depth += (token.text in _OPEN) - (token.text in _OPEN.values())
        if token.kind == "relation" and depth == 0:
            sides.append((token.text, []))
        else:
            sides[-1][1].append(token)
    return [Side(_tree(told), _is_name(told), sign, _head(told)) for sign, told in sides if told]


def _head(tokens: list[Token]) -> str:
    """Return the pieces of a side as one text; `NLL(k)` is `NLL`, and a sign or a logarithm stays."""
    is_call = tokens[0].kind in ("name", "mark") and tokens[0].text not in _OPEN
    begun = next((n for n, token in enumerate(tokens) if token.text == "("), len(tokens))
    return " ".join(token.text for token in (tokens[:begun] if is_call else tokens))


def _tree(tokens: list[Token]) -> Tree | None:
    if _is_derivative(tokens):
        return None
    try:
        return _Reader(tokens).whole()
    except Unread:
        return None


def _is_derivative(tokens: list[Token]) -> bool:
    """Return whether a derivative stands somewhere: as a quotient of numbers it would be wrong."""
    names = [token.text for token in tokens]
    ratios = zip(names, names[1:], strict=False)
    above = any(pair in (("{", "d"), ("(", "d")) for pair in ratios) and "frac" in names
    below = any(pair == ("/", "d") for pair in zip(names, names[1:], strict=False))
    return above or below or any(name in _DERIVED for name in names)


def _is_name(tokens: list[Token]) -> bool:
    """Return whether this names something: a symbol, one of something, or a derivative."""
    if any(token.text in ("partial", "nabla") for token in tokens):
        return True
    if tokens[0] == Token("command", "frac"):
        return len(tokens) > 2 and tokens[2] == Token("name", "d")
    head = [token for token in tokens if token.text != "-"]
    if not head or head[0].kind not in ("name", "function"):
        return False
    begun = next((n for n, token in enumerate(head) if token.text == "("), len(head))
    return all(token.kind == "name" or token.text in "_{}^" for token in head[1:begun]) and begun <= 6


class _Reader:
    """Reads tokens by recursive descent; every way through it takes a token or ends."""

    def __init__(self, tokens: list[Token]):
        self._tokens, self._place, self._depth, self._sums = tokens, 0, 0, 0
        self._transposed = -1  # the place behind the last transpose

    def whole(self) -> Tree:
        tree = self._sum_of_terms()
        if self._place < len(self._tokens):
            raise Unread
        return tree

    @property
    def _next(self) -> Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _is(self, *texts: str) -> bool:
        token = self._next
        return token is not None and token.kind == "mark" and token.text in texts

    def _take(self) -> Token:
        token = self._next
        if token is None:
            raise Unread
        self._place += 1
        return token

    def _deeper(self, read: Callable[[], Tree]) -> Tree:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unread
        tree = read()
        self._depth -= 1
        return tree

    def _sum_of_terms(self) -> Tree:
        terms = [self._signed()]
        while self._is("+", "-"):
            is_minus = self._take().text == "-"
            term = self._term()
            terms = _joined(terms, Tree("negate", parts=(term,)) if is_minus else term)
        return terms[0] if len(terms) == 1 else Tree("add", parts=tuple(terms))

    def _signed(self) -> Tree:
        if self._is("+", "-"):
            return Tree("negate", parts=(self._term(),)) if self._take().text == "-" else self._term()
        return self._term()

    def _term(self) -> Tree:
        factors = [self._factor()]
        while True:
            if self._is("*"):
                self._take()
                factors.append(self._deeper(self._signed) if self._is("-", "+") else self._factor())
            elif self._is("/"):
                self._take()
                factors.append(Tree("divide", parts=(self._factor(),)))
            elif self._begins_factor():
                factors.append(self._factor())
            elif self._transposed == self._place:
                raise Unread  # of a vector that nothing follows: an outer product
            else:
                return factors[0] if len(factors) == 1 else Tree("multiply", parts=tuple(factors))

    def _begins_factor(self) -> bool:
        token = self._next
        return token is not None and (token.kind != "mark" or token.text in _OPEN)

    def _factor(self) -> Tree:
        return self._deeper(lambda: self._with_powers(self._primary()))

    def _with_powers(self, base: Tree) -> Tree:
        while self._is("^", "!", "'"):
            mark = self._take().text
            if mark == "!":
                base = Tree("factorial", parts=(base,))
            elif mark == "'":
                if base.kind != "symbol":
                    raise Unread
                base = Tree("symbol", f"{base.name}'", base.parts)
            else:
                base = self._powered(base)
        return base

    def _powered(self, base: Tree) -> Tree:
        exponent = self._argument()
        if exponent.kind == "symbol" and exponent.name in _TRANSPOSED and not exponent.parts:
            if base.kind != "symbol" or (base.name.isupper() and not base.parts):
                raise Unread  # a matrix, or a power by the number of times
            self._transposed = self._place
            return base
        if self._is("^"):  # powers of powers belong together from the right
            self._take()
            exponent = self._deeper(lambda: self._powered(exponent))
        return Tree("power", parts=(base, exponent))

    def _argument(self) -> Tree:
        """Read what stands behind a mark of LaTeX: a group, or one token with its sign."""
        if self._is("{", "("):
            return self._deeper(self._group)
        if self._is("-", "+"):
            minus = self._take().text == "-"
            inner = self._deeper(self._primary)
            return Tree("negate", parts=(inner,)) if minus else inner
        return self._deeper(self._primary)

    def _group(self) -> Tree:
        closing = _OPEN[self._take().text]
        inner = self._sum_of_terms()
        if not self._is(closing):
            raise Unread
        self._take()
        return inner

    def _primary(self) -> Tree:
        if self._is(*_OPEN):
            inner = self._group()
            if inner.kind == "symbol" and not inner.parts and self._is("_"):  # \mathbf{x}_i
                return Tree("symbol", inner.name, self._indices())
            return inner
        token = self._take()
        match token.kind:
            case "number":
                return Tree("number", token.text)
            case "name":
                return self._named(token.text)
            case "function":
                return self._function(token.text)
            case "sum":
                return self._summed(token.text)
            case "command":
                return self._command(token.text)
        raise Unread

    def _named(self, name: str) -> Tree:
        """Read a symbol, or what a function is worth for what stands in brackets behind it."""
        symbol = Tree("symbol", name, self._indices())
        if self._is("'"):
            self._take()
            symbol = Tree("symbol", f"{name}'", symbol.parts)
        is_function = name in _APPLIED or len(name) > 1 and name not in GREEK
        if not (is_function and self._is("(", "[")):
            return symbol
        return Tree("applied", symbol.name, (self._deeper(self._group), *symbol.parts))

    def _command(self, name: str) -> Tree:
        if name == "frac":
            above, below = self._argument(), self._argument()
            return Tree("multiply", parts=(above, Tree("divide", parts=(below,))))
        inner = self._argument()
        if inner.kind != "symbol":
            raise Unread
        accent = {"widehat": "hat", "overline": "bar", "widetilde": "tilde"}.get(name, name)
        return Tree("symbol", f"{accent} {inner.name}", inner.parts + self._indices())

    def _indices(self) -> tuple[Tree, ...]:
        """Read the indices of a name, which stand behind it, side by side or between commas."""
        if not self._is("_"):
            return ()
        self._take()
        if not self._is("{", "("):
            return (self._deeper(self._primary),)
        closing = _OPEN[self._take().text]
        found = []
        while not self._is(closing):
            if self._is(",", ";"):
                self._take()
                continue
            found.append(self._deeper(self._index))
        self._take()
        return tuple(found)

    def _index(self) -> Tree:
        terms = [self._primary()]
        while self._is("+", "-"):
            minus = self._take().text == "-"
            inner = self._primary()
            terms.append(Tree("negate", parts=(inner,)) if minus else inner)
        return terms[0] if len(terms) == 1 else Tree("add", parts=tuple(terms))

    def _function(self, name: str) -> Tree:
        base = self._indices()
        if name == "sqrt" and self._is("["):
            self._take()
            root = self._sum_of_terms()
            if not self._is("]"):
                raise Unread
            self._take()
            return Tree("power", parts=(self._argument(), Tree("divide", parts=(root,))))
        argument = self._deeper(self._group) if self._is(*_OPEN) else self._factor()
        while name in ("log", "ln") and argument.kind != "number" and self._is("!"):  # log y! is that of y!
            self._take()
            argument = Tree("factorial", parts=(argument,))
        applied = Tree("function", "log" if name == "ln" else name, (argument,))
        if base:
            return Tree(
                "multiply", parts=(applied, Tree("divide", parts=(Tree("function", "log", base[:1]),)))
            )
        return applied

    def _summed(self, name: str) -> Tree:
        self._sums += 1
        if self._sums > _MOST_SUMS:
            raise Unread
        index, lower, upper = self._limits()
        return Tree("sum", f"{name} {index}", (self._deeper(self._term), lower, upper))

    def _limits(self) -> tuple[str, Tree, Tree]:
        """Read the index of a sum and its limits; where they are not told, it runs over all."""
        index, lower, upper = "", Tree("number", "1"), Tree("symbol", "all")
        for _ in range(2):
            if self._is("_"):
                self._take()
                index, lower = self._index_and_lower(lower)
            elif self._is("^"):
                self._take()
                upper = self._argument()
        if not index:
            raise Unread
        return index, lower, upper

    def _index_and_lower(self, lower: Tree) -> tuple[str, Tree]:
        if not self._is("{", "("):
            token = self._take()
            if token.kind != "name":
                raise Unread
            return token.text, lower
        closing = _OPEN[self._take().text]
        token = self._take()
        if token.kind != "name":
            raise Unread
        if self._next is not None and self._next.kind == "relation":
            if self._take().text != "=":
                raise Unread
            lower = self._sum_of_terms()
        if not self._is(closing):
            raise Unread
        self._take()
        return token.text, lower


def _joined(terms: list[Tree], term: Tree) -> list[Tree]:
    """Return terms with one more, which goes into the sum before it while it has that sum's index."""
    last = terms[-1]
    outer = last.parts[0] if last.kind == "negate" else last
    if outer.kind != "sum" or outer.name.partition(" ")[2] not in term.free:
        return [*terms, term]
    body, lower, upper = outer.parts
    inner = Tree("negate", parts=(term,)) if last.kind == "negate" else term
    whole = Tree("sum", outer.name, (Tree("add", parts=(body, inner)), lower, upper))
    return [*terms[:-1], Tree("negate", parts=(whole,)) if last.kind == "negate" else whole]
