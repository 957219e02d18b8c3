"""What the docstring of an exercise promises: its arguments and results, each with kind, shape and range.

    solution cell ─▶ numpydoc sections of its function or class ─▶ Value for each argument and result

Mutants are made of it (which argument can be cut along which axis, what of a result can be wrong), and so are
dresses (what may come as a list, in single precision, as a tensor).
"""

import ast
import inspect
import re
from dataclasses import dataclass

from examiner.notebook.syntax import parsed

_SECTION = re.compile(r"^(\w+)\n-+$", re.MULTILINE)
_SHAPE = re.compile(r"\(([^()]*)\)")
_KINDS = (
    (r"array", "array"),
    (r"float or array", "number or array"),
    (r"float", "float"),
    (r"int or numpy.random.Generator", "rng"),
    (r"int", "int"),
    (r"tensor", "tensor"),
    (r"dict", "dict"),
    (r"list", "list"),
    (r"callable", "callable"),
)
# What a description says of the range of values, by which a change of them can be none.
_RANGES = (
    (r"spike count|number of spikes|\bcounts\b|^\w*(spikes|counts)", "counts"),
    (r"\b0 or 1\b", "labels"),
    (r"\bcolumn of ones\b", "with ones"),
    (r"^\w+ log-probabilities", "log-probabilities"),
    (r"^\w+ (?!log).*(probabilit)", "probabilities"),
    (r"\bHz\b|\brates?\b", "rates"),
)


@dataclass(frozen=True)
class Value:
    """An argument or a result: what it is called and what is said of it; `shape` names its dimensions."""

    name: str
    kind: str
    shape: tuple[str, ...] | None = None
    whole: bool = False
    range: str = ""
    default: str = ""


@dataclass(frozen=True)
class Promise:
    """What a function takes and gives back; `name` is the function's, or the class's."""

    name: str
    arguments: tuple[Value, ...] = ()
    results: tuple[Value, ...] = ()
    is_class: bool = False

    def argument(self, name):
        """Return the argument of this name; where nothing is said of it, a tensor of a network."""
        return next((value for value in self.arguments if value.name == name), Value(name, "tensor"))

    @property
    def has_gradients(self):
        """Whether it promises a network or a tensor, so that gradients matter."""
        return self.is_class or any(value.kind in ("tensor", "object") for value in self.results)


def promise_of(source):
    """Return the promise of what a solution cell defines; None where it defines nothing."""
    tree = parsed(source)
    defined = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    if not defined:
        return None
    node = defined[-1]
    sections = _sections(ast.get_docstring(node) or "")
    is_class = isinstance(node, ast.ClassDef)
    defaults = defaults_of(_made_by(node) if is_class else node)
    arguments = [
        _with_default(value, defaults) for value in _values(sections.get("Parameters", ""), named=True)
    ]
    results = _values(sections.get("Returns", ""), named=False)
    return Promise(node.name, tuple(arguments), tuple(results), is_class)


def _made_by(node):
    """Return the `__init__` of a class."""
    return next(each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__")


def defaults_of(function):
    """Return the defaults of a function's arguments, as text, by name."""
    names = [argument.arg for argument in function.args.args]
    given = function.args.defaults
    return {
        name: ast.unparse(value) for name, value in zip(names[len(names) - len(given) :], given, strict=True)
    }


def _with_default(value, defaults):
    return Value(value.name, value.kind, value.shape, value.whole, value.range, defaults.get(value.name, ""))


def _sections(docstring):
    parts = _SECTION.split(inspect.cleandoc(docstring))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _values(section, *, named):
    """Return the values of a section; a result may stand without a name."""
    found = []
    for entry in re.split(r"\n(?=\S)", section.strip("\n")) if section.strip() else []:
        head, _, description = entry.partition("\n")
        names, colon, said = head.partition(" : ")
        if not colon:
            names, said = ("", head) if not named else (head, "")
        found += _entry([name.strip() for name in names.split(",")], said, description)
    return found


def _entry(names, said, description):
    """Return the values of one entry, which may name several of them with a shape each."""
    kind = next((kind for pattern, kind in _KINDS if re.match(pattern, said)), "object")
    shapes = [_dimensions(shape) for shape in _SHAPE.findall(said)] if "shape" in said else []
    if len(shapes) != len(names):
        shapes = [shapes[0] if len(shapes) == 1 else None] * len(names)
    return [
        Value(name, kind, shape, "of int" in said or kind == "int", _range(name, description))
        for name, shape in zip(names, shapes, strict=True)
    ]


def _range(name, description):
    text = f"{name or 'result'} {' '.join(description.split())}"
    return next((found for pattern, found in _RANGES if re.search(pattern, text, re.IGNORECASE)), "")


def _dimensions(shape):
    return tuple(part.strip() for part in shape.split(",") if part.strip())
