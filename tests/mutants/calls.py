"""Operators on calls: left out, with other arguments, of another function, numerically unsafe."""

import ast

from tests.mutants.operator import Operator, called, inside, is_of_module, last_name, with_func
from tests.mutants.trees import text

# What is taken for what, under whichever module or object it is called.
_OTHERS = {
    "sum": ("mean", "max"), "mean": ("sum", "median"), "max": ("min",), "min": ("max",),
    "argmax": ("argmin",), "argmin": ("argmax",), "maximum": ("minimum",), "minimum": ("maximum",),
    "exp": ("expm1",), "log": ("log2", "log1p"), "log2": ("log",), "log1p": ("log",),
    "std": ("var",), "var": ("std",), "median": ("mean",), "average": ("median",),
    "zeros": ("ones",), "ones": ("zeros",), "floor": ("ceil",), "ceil": ("floor",), "round": ("floor",),
    "cumsum": ("cumprod",), "any": ("all",), "all": ("any",), "sin": ("cos",), "cos": ("sin",),
    "argsort": ("sort",), "hstack": ("vstack",), "rfft": ("fft",), "irfft": ("ifft",),
    "expit": ("tanh",), "tanh": ("sinh",),
    "relu": ("tanh", "sigmoid", "leaky_relu", "abs"), "log_softmax": ("softmax", "logsigmoid"),
    "LogSoftmax": ("Softmax",), "ReLU": ("Tanh", "Sigmoid", "LeakyReLU", "GELU"),
    "nll_loss": ("cross_entropy",), "NLLLoss": ("CrossEntropyLoss", "MSELoss"),
    "CrossEntropyLoss": ("NLLLoss", "MSELoss"),
    "extend": ("append",), "append": ("extend",),
}  # fmt: skip
_CONTAINERS = (
    "range",
    "len",
    "list",
    "tuple",
    "zip",
    "enumerate",
    "super",
    "dict",
    "set",
    "print",
    "isinstance",
)
_SWAPPED_IN_VAIN = ("maximum", "minimum", "logaddexp", "array_equal", "setdiff1d")


def dropped_call(node, setting):
    """Leave a call out, so that its first argument or its object stands alone."""
    if not isinstance(node, ast.Call) or called(node) in _CONTAINERS:
        return
    if isinstance(node.func, ast.Attribute) and not is_of_module(node):
        yield text(node.func.value)
    elif node.args and not isinstance(node.args[0], ast.Starred):
        yield text(node.args[0])


def dropped_argument(node, setting):
    if isinstance(node, ast.Call) and called(node) not in ("range", "print"):
        for keyword in node.keywords:
            yield f"{text(node.func)}({inside(node, without=keyword)})"
        for place in range(len(node.args)) if len(node.args) > 1 else ():
            yield f"{text(node.func)}({inside(node, args=node.args[:place] + node.args[place + 1 :])})"


def swapped_arguments(node, setting):
    if isinstance(node, ast.Call) and last_name(node) not in _SWAPPED_IN_VAIN:
        for place in range(len(node.args) - 1):
            first, second = node.args[place : place + 2]
            args = [*node.args[:place], second, first, *node.args[place + 2 :]]
            yield f"{text(node.func)}({inside(node, args=args)})"


def other_function(node, setting):
    if isinstance(node, ast.Call):
        for name in _OTHERS.get(last_name(node), ()):
            yield with_func(node, name)


def unsafe_numerics(node, setting):
    """Take the logarithm of an exponential, or an exponential that overflows."""
    if not isinstance(node, ast.Call):
        return
    args, keywords = node.args, inside(node, args=[])
    name = called(node)
    if name == "np.logaddexp.reduce":
        yield f"np.log(np.sum(np.exp({text(args[0])}), {keywords}))"
    elif name == "np.logaddexp":
        yield f"np.log(np.exp({text(args[0])}) + np.exp({text(args[1])}))"
    elif last_name(node) == "expit":
        yield f"1 / (1 + np.exp(-({text(args[0])})))"
        yield f"np.exp({text(args[0])}) / (1 + np.exp({text(args[0])}))"
    elif last_name(node) == "log_softmax":
        yield f"torch.log(torch.softmax({inside(node)}))"
    elif last_name(node) == "logsumexp" and "b=" not in keywords:
        module = "torch" if "torch" in name else "np"
        yield f"{module}.log({module}.sum({module}.exp({text(args[0])}), {keywords}))"


def limited_exponent(node, setting):
    """Keep what is exponentiated, or its logarithm taken, within limits."""
    if not isinstance(node, ast.Call) or last_name(node) not in ("exp", "log") or len(node.args) != 1:
        return
    name, arg = text(node.func), text(node.args[0])
    clip = "torch.clamp" if name.startswith("torch") else "np.clip"
    if last_name(node) == "exp":
        for lowest, highest in ((-3, 3), (-20, 20), (-1000, 20), (-20, 1000)):
            yield f"{name}({clip}({arg}, {lowest}, {highest}))"
    else:
        yield f"{name}({clip}({arg}, 0.001, None))"
        yield f"{name}({arg} + 1e-06)"
        yield f"{name}({arg} + 0.001)"


def root(node, setting):
    """Take a root of a sum, or a size in the place of a square."""
    if isinstance(node, ast.Call) and last_name(node) == "sum":
        module = "torch" if setting.has_gradients else "np"
        yield f"{module}.sqrt({text(node)})"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and text(node.right) == "2":
        yield f"abs({text(node.left)})"
        yield f"({text(node.left)}) ** 4"


def denominator(node, setting):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        yield f"({text(node.left)}) / (({text(node.right)}) + 1)"
        yield f"({text(node.left)}) / (({text(node.right)}) + 1e-03)"
        yield f"({text(node.left)}) // ({text(node.right)})"


OPERATORS = (
    Operator(dropped_call, "np.exp(x @ k)", "x @ k"),
    Operator(dropped_argument, "x.sum(axis=0, keepdims=True)", "x.sum(axis=0)"),
    Operator(swapped_arguments, "f(x, y, z)", "f(y, x, z)"),
    Operator(other_function, "x.max(axis=1)", "x.min(axis=1)"),
    Operator(unsafe_numerics, "np.logaddexp.reduce(a, axis=2)", "np.log(np.sum(np.exp(a), axis=2))"),
    Operator(limited_exponent, "np.exp(X @ theta)", "np.exp(np.clip(X @ theta, -3, 3))"),
    Operator(root, "np.sum(d ** 2, axis=0)", "np.sqrt(np.sum(d ** 2, axis=0))"),
    Operator(denominator, "a / b", "a / (b + 1)"),
)
