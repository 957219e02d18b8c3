"""Dresses of the function itself: a lambda, an object that can be called, a partial, a method."""

from tests.dresses.dress import Dress, decorated

_WAYS = {
    "lambda": "def _dressed(function):\n    return lambda *args, **kwargs: function(*args, **kwargs)",
    "partial": "import functools\n\n\ndef _dressed(function):\n    return functools.partial(function)",
    "class with __call__": """
class _Answer:
    def __init__(self, function):
        self.function = function

    def __call__(self, *args, **kwargs):
        return self.function(*args, **kwargs)


def _dressed(function):
    return _Answer(function)
""",
    "method": """
class _Answers:
    def __init__(self, function):
        self.function = function

    def answer(self, *args, **kwargs):
        return self.function(*args, **kwargs)


def _dressed(function):
    return _Answers(function).answer
""",
    "prints and warns": """
import functools
import warnings


def _dressed(function):
    @functools.wraps(function)
    def dressed(*args, **kwargs):
        print("called with", len(args), "arguments")
        warnings.warn("look twice")
        return function(*args, **kwargs)

    return dressed
""",
}


def _is_function(promise):
    return promise is not None and not promise.is_class


FUNCTIONS = tuple(
    Dress(name, _is_function, lambda source, promise, way=way: decorated(source, promise, way))
    for name, way in _WAYS.items()
)
