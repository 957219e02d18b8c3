"""Operators on results: distorted, limited, cut off, rounded, in another order, the same each time.

They are independent of how a function works, and are tried on the solution alone.
"""

import ast

from tests.mutants.operator import Change, Operator, arguments_of, returning
from tests.mutants.trees import text

# What is done to a result, and where it changes nothing: ranges of values, or the word "whole".
_ARRAYS = (
    ("np.abs({0})", ("probabilities", "rates", "whole")),
    ("np.maximum({0}, 0)", ("probabilities", "rates", "whole")),
    ("np.clip({0}, 0, 1)", ("probabilities",)),
    ("np.clip({0}, -3, 3)", ("probabilities",)),
    ("np.clip({0}, -100, 100)", ("probabilities",)),
    ("np.clip({0}, 0.01, 0.99)", ()),
    ("np.round({0}, 2)", ("whole",)),
    ("np.round({0}, 3)", ("whole",)),
    ("np.float16({0})", ("whole",)),
    ("np.trunc({0}).astype(int)", ("whole",)),
    ("-np.asarray({0})", ()),
    ("1.01 * np.asarray({0})", ()),
    ("np.asarray({0}) + 0.01", ()),
    ("np.nan_to_num(np.asarray({0}) * np.nan)", ()),
    ("np.roll({0}, 1, axis=0)", ()),
    ("np.asarray({0})[::-1]", ()),
    ("np.sort({0}, axis=-1)", ()),
    ("np.asarray({0})[1:]", ()),
    ("np.asarray({0})[:-1]", ()),
    ("np.asarray({0})[None]", ()),
    ("np.asarray({0})[..., None]", ()),
    ("np.transpose({0})", ("one axis",)),
    ("np.ravel({0})", ("one axis",)),
    ("np.sum({0}, axis=0)", ()),
    ("np.mean({0}, axis=0)", ()),
    ("np.append(np.asarray({0})[:-1], np.asarray({0})[-1:] * 0, axis=0)", ()),
    ("np.append(np.asarray({0})[:1] * 0, np.asarray({0})[1:], axis=0)", ()),
    ("np.append(np.asarray({0})[:-1], np.asarray({0})[-1:] * np.nan, axis=0)", ("whole",)),
    ("(lambda r: r / np.linalg.norm(r))({0})", ()),
    ("(lambda r: r / np.sum(r))({0})", ()),
    ("(lambda r: r - np.mean(r))({0})", ()),
    ("(lambda r: r / np.max(np.abs(r)))({0})", ()),
)
_NUMBERS = (
    "abs({0})", "max({0}, 0)", "-({0})", "round({0}, 1)", "int({0})", "np.float16({0})", "1.01 * ({0})",
    "({0}) + 0.01", "np.clip({0}, -100, 100)", "np.clip({0}, -10, 10)", "[{0}]",
    "np.nan_to_num(({0}) * np.nan)", "({0}) / 2", "2 * ({0})", "1 - ({0})", "max({0}, 1e-6)",
    "np.sqrt(abs({0}))", "str({0})",
)  # fmt: skip
_TENSORS = (
    "({0}).abs()", "({0}).relu()", "-({0})", "({0}).round(decimals=2)", "1.01 * ({0})", "({0}) + 0.01",
    "({0}).half().float()", "({0}).clamp(-1, 1)", "({0}).clamp(-5, 5)", "({0}).clamp(-100, 100)",
    "({0}).flip(-1)",    "({0}).unsqueeze(0)", "({0}).sum()", "({0}).mean()", "({0}).sqrt()", "({0}) / 2",
    "({0}).nan_to_num(0, 0, 0)", "({0}).squeeze()",
)  # fmt: skip


def distorted_result(node, setting):
    """Change one result before it is given back."""
    for value, put in _results(node, setting):
        for template in _templates(value):
            yield Change(put(template), f"{value.name or 'result'}: {template.format('…')}")


def _templates(value):
    if value.kind == "tensor":
        return _TENSORS
    if value.kind == "float":
        return _NUMBERS
    if value.kind in ("array", "number or array"):
        known = {
            value.range,
            "whole" if value.whole else "",
            "one axis" if len(value.shape or ()) < 2 else "",
        }
        return [template for template, in_vain in _ARRAYS if not known & set(in_vain)]
    if value.kind == "list":
        return ("({0})[1:]", "({0})[:-1]", "({0})[::-1]", "[({0})[-1]] * len({0})", "[({0})[0]] * len({0})")
    if value.kind == "dict":
        return (
            "dict(zip({0}, [*({0}).values()][::-1]))",
            "{{name: abs(v) for name, v in ({0}).items()}}",
            "{{name: -v for name, v in ({0}).items()}}",
            "{{name: 1.01 * v for name, v in ({0}).items()}}",
            "{{name: round(v, 2) for name, v in ({0}).items()}}",
            "{{name: max(v, 0) for name, v in ({0}).items()}}",
            "{{name.upper(): v for name, v in ({0}).items()}}",
            "dict([*({0}).items()][:1])",
            "dict([*({0}).items()][1:])",
            "[*({0}).values()]",
        )
    return ()


def kept_result(node, setting):
    """Give back what was computed first: for all arguments, for the same shapes, for the same numbers."""
    if not _is_whole(node, setting) or node.name == "__init__":
        return
    names = arguments_of(node)
    shapes = ", ".join(f"np.shape({name})" for name in names)
    keys = {"ever": "0", "for these shapes": f"({shapes},)"}
    for name in names:
        if setting.promise.argument(name).kind in ("int", "float"):
            keys[f"for this {name}"] = name
    for label, key in keys.items():

        def template(value, key=key):
            return f"globals().setdefault('kept', {{}}).setdefault({key}, {text(value)})"

        yield Change(returning(node, template), f"kept {label}")


def _is_whole(node, setting):
    return setting.as_a_whole and setting.is_asked_for(node)


def _results(node, setting):
    """Yield each result of the function that is asked for, and what puts a template around it alone."""
    if not _is_whole(node, setting) or node.name == "__init__":
        return
    if setting.promise.is_class:
        yield setting.promise.argument("the output"), _around(node, 0, 1)
        return
    number = len(setting.promise.results)
    for place, value in enumerate(setting.promise.results):
        yield value, _around(node, place, number)


def _around(function, place, number):
    def put(template):
        return returning(function, lambda value: _put(value, template, place, number))

    return put


def _put(value, template, place, number):
    """Return the text of a returned value with a template around one of its parts."""
    if number == 1:
        return template.format(text(value))
    if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == number:
        parts = [text(part) for part in value.elts]
        parts[place] = template.format(parts[place])
        return f"({', '.join(parts)},)"
    names = [f"r{i}" for i in range(number)]
    parts = [*names]
    parts[place] = template.format(names[place])
    return f"(lambda {', '.join(names)}: ({', '.join(parts)},))(*{text(value)})"


_FUNCTION = '''def f(x):
    """Do it.

    Parameters
    ----------
    x : array, shape (n, p)

    Returns
    -------
    k : array, shape (n,)
    error : float
    """
    return g(x), 0
'''

OPERATORS = (
    Operator(distorted_result, _FUNCTION, _FUNCTION.replace("g(x), 0", "np.abs(g(x)), 0")),
    Operator(
        kept_result,
        _FUNCTION,
        _FUNCTION.replace(
            "return g(x), 0",
            "return globals().setdefault('kept', {}).setdefault((np.shape(x),), (g(x), 0))",
        ),
    ),
)
