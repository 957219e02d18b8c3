"""Calls of a test to a student's functions: what goes there, what comes back, and how they can go wrong."""

import itertools
import warnings

import numpy as np
import pytest

from examiner.sandbox.objects import StudentFault, StudentObject, Unsendable, fault_name
from examiner.sandbox.student_client import StudentGone
from examiner.verdict import TestState
from neurocourse.checks import CheckFailed


@pytest.fixture
def defined(session_after):
    """A function that runs a cell and returns what it calls `f`."""
    return lambda source, **how: session_after(source, **how).names(["f"])["f"]


ECHO = "def f(*args, **kwargs):\n    return args, kwargs"


def test_arguments_and_results_travel_by_value(defined):
    args, kwargs = defined(ECHO)(1, [2.5], np.arange(3, dtype=np.int8), key={"a": (None, "b")})
    assert args[:2] == (1, [2.5])
    assert (args[2].dtype, args[2].tolist()) == (np.int8, [0, 1, 2])
    assert kwargs == {"key": {"a": (None, "b")}}


def test_a_default_of_the_students_holds_where_no_argument_is_given(defined):
    f = defined("def f(a, b=2, *, c=3):\n    return a, b, c")
    assert (f(1), f(1, c=5), f(1, 4, c=5)) == ((1, 2, 3), (1, 2, 5), (1, 4, 5))


def test_an_array_arrives_as_one_that_the_student_may_write_to(defined):
    assert defined("def f(x):\n    x += 1\n    return type(x).__name__")(np.zeros(2)) == "ndarray"


@pytest.mark.parametrize(
    ("body", "argument", "after"),
    [
        ("x[0] = 7", np.zeros(2), np.array([7.0, 0.0])),
        ("x.append(7)", [1], [1, 7]),
        ("x.clear()", [1], []),
        ("x[0].append(7)", [[]], [[7]]),
        ("x['b'] = x.pop('a')", {"a": 1}, {"b": 1}),
    ],
    ids=["array", "append", "clear", "nested", "dict"],
)
@pytest.mark.parametrize("how", ["positional", "keyword"])
def test_a_change_of_an_argument_in_place_is_seen_by_the_test(defined, body, argument, after, how):
    argument = argument.copy()
    f = defined(f"def f(x):\n    {body}")
    f(x=argument) if how == "keyword" else f(argument)
    assert np.array_equal(argument, after)


def test_an_argument_that_keeps_its_value_keeps_its_place(defined):
    inner = [1]
    argument = [inner]
    defined("def f(x):\n    return x")(argument)
    assert argument[0] is inner


def test_a_change_of_a_tensor_in_place_is_seen_by_the_test(defined):
    torch = pytest.importorskip("torch")
    tensor = torch.zeros(2)
    defined("import torch\ndef f(x):\n    x.add_(1)")(tensor)
    assert tensor.tolist() == [1, 1]


@pytest.mark.parametrize("make", [np.random.default_rng, np.random.RandomState], ids=["generator", "legacy"])
def test_a_generator_moves_on_by_what_the_student_draws(defined, make):
    rng, alike = make(3), make(3)
    drawn = defined("def f(rng):\n    return rng.normal(size=2)")(rng)
    assert drawn.tolist() == alike.normal(size=2).tolist()
    assert rng.normal() == alike.normal()


@pytest.mark.parametrize(
    ("cell", "argument"),
    [
        ("def f(x):\n    x.resize(5, refcheck=False)", np.zeros(2)),
        ("import itertools\ndef f(x):\n    x.append(itertools.count())", [1]),
    ],
    ids=["shape", "endless"],
)
def test_a_change_that_has_no_place_here_changes_nothing_or_ends(defined, cell, argument):
    defined(cell)(argument)
    assert len(argument) == 2


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ("raise ValueError('a', 1)", ValueError, "('a', 1)"),
        ("1 / 0", ZeroDivisionError, "division by zero"),
        ("{}['k']", KeyError, "'k'"),
        ("raise NotImplementedError()", NotImplementedError, ""),
        ("undefined", NameError, "name 'undefined' is not defined"),
        ("assert x == 2, 'not two'", AssertionError, "not two"),
        ("b'\\xff'.decode()", UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff"),
        ("import nowhere", ModuleNotFoundError, "No module named 'nowhere'"),
        ("f(x)", RecursionError, "maximum recursion depth exceeded"),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_an_error_keeps_its_built_in_type_and_message(defined, body, kind, message):
    with pytest.raises(kind) as error:
        defined(f"def f(x):\n    {body}")(1)
    assert isinstance(error.value, StudentFault)
    assert fault_name(error.value) == kind.__name__
    assert error.value.args[0].startswith(message)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("class Mine(ValueError): pass", "ValueError"),
        ("class Mine(Exception): pass", "Exception"),
        ("class Mine(BaseException): pass", "BaseException"),
        ("class Mine(KeyboardInterrupt): pass", "KeyboardInterrupt"),
        ("class Mine(Exception):\n    def __str__(self):\n        raise ValueError", "Exception"),
    ],
    ids=["value_error", "exception", "base", "interrupt", "unprintable"],
)
def test_an_error_of_the_students_own_type_has_the_name_of_its_built_in_base(defined, cell, name):
    with pytest.raises(StudentFault) as error:
        defined(f"{cell}\ndef f():\n    raise Mine('x')")()
    assert fault_name(error.value) == name


@pytest.mark.parametrize(
    "body", ["raise SystemExit(0)", "import sys; sys.exit()", "exit()", "raise KeyboardInterrupt"]
)
def test_a_call_that_would_end_a_script_is_a_fault_and_the_next_call_works(defined, body):
    f = defined(f"def f(x):\n    if x: {body}\n    return 3")
    if body == "exit()":
        f(True)
    else:
        with pytest.raises(StudentFault) as error:
            f(True)
        assert not isinstance(error.value, SystemExit | KeyboardInterrupt)
    assert f(False) == 3


def test_a_check_that_fails_in_a_stand_in_comes_back_as_itself(session_after):
    session = session_after(
        "def f(x):\n    return g(x)",
        "def tolerant(x):\n    try: return g(x)\n    except AssertionError as e: return str(e)",
    )
    failure = CheckFailed("g was given 3.", "g was given something.")

    def g(x):
        raise failure

    session.replace({"g": g}, absent=None)
    found = session.names(["f", "tolerant"])
    with pytest.raises(CheckFailed) as error:
        found["f"](3)
    assert error.value is failure
    assert found["tolerant"](3) == "g was given 3."


def test_an_error_of_a_stand_in_that_takes_more_arguments_comes_back_as_itself(session_after):
    session = session_after("def f():\n    return g()")
    session.replace({"g": lambda: b"\xff".decode()}, absent=None)
    with pytest.raises(UnicodeDecodeError) as error:
        session.names(["f"])["f"]()
    assert not isinstance(error.value, StudentFault)


def test_a_stand_in_is_called_with_what_the_student_gives_it(session_after):
    session = session_after("import numpy as np\ndef f():\n    return g(np.arange(2), k=[1]) + 1")
    given = []

    def g(*args, **kwargs):
        given.append((args, kwargs))
        return np.array([10.0])

    session.replace({"g": g}, absent=None)
    assert session.names(["f"])["f"]().tolist() == [11]
    ((array,), kwargs) = given[0]
    assert (array.tolist(), kwargs) == ([0, 1], {"k": [1]})


def test_a_stand_in_may_call_back_the_students_function_that_it_is_given(session_after):
    session = session_after("def f(n):\n    return g(lambda x: f(x) if x else 1, n)")
    session.replace({"g": lambda function, n: n * function(n - 1)}, absent=None)
    assert session.names(["f"])["f"](4) == 24


def test_a_stand_in_that_comes_back_is_itself(session_after):
    session = session_after("def f():\n    return g")
    session.replace({"g": len}, absent=None)
    assert session.names(["f"])["f"]() is len


def test_a_stand_in_that_yields_gives_its_items(session_after):
    session = session_after("def f():\n    return [x + 1 for x in g()]")
    session.replace({"g": lambda: iter(range(3))}, absent=None)
    assert session.names(["f"])["f"]() == [1, 2, 3]


def test_a_stand_in_shows_nothing_of_what_it_is(session_after):
    session = session_after(
        "def f():\n    try: return g.__globals__\n    except AttributeError: return g.__name__"
    )
    session.replace({"g": lambda: 1}, absent=None)
    assert session.names(["f"])["f"]() == "stand_in"


def test_a_name_that_was_absent_goes_again(session_after):
    session, absent = session_after("def f():\n    return g"), object()
    session.replace({"g": 3}, absent)
    assert session.names(["f"])["f"]() == 3
    session.replace({"g": absent}, absent)
    with pytest.raises(NameError):
        session.names(["f"])["f"]()


def test_iterators_give_their_items_one_by_one(defined):
    f = defined("def f(n):\n    for i in range(n):\n        yield [i]")
    assert list(f(3)) == [[0], [1], [2]]
    assert next(iter(f(1))) == [0]
    assert list(itertools.islice(defined("import itertools\nf = itertools.count")(), 3)) == [0, 1, 2]


@pytest.mark.parametrize(
    "cell",
    [
        "import itertools\nf = itertools.count",
        "import itertools, numpy\nf = lambda: itertools.repeat(numpy.zeros(10 ** 7))",
    ],
    ids=["many_items", "large_items"],
)
def test_an_iterator_that_never_ends_runs_out_of_time(defined, cell):
    endless = defined(cell, seconds=1)()
    with pytest.raises(StudentGone) as gone:
        for _, _ in zip(endless, range(10**6), strict=False):
            pass
    assert gone.value.state is TestState.TIMED_OUT


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("x = []\n    x.append(x)\n    return x", "it is nested more than 40 levels deep"),
        (
            "import numpy as np\n    return np.zeros(1, 'i4,i4')",
            "arrays of dtype [('f0', '<i4'), ('f1', '<i4')]",
        ),
        ("return {frozenset(): 1}", "it holds a dict or set with a key that is not plain"),
        ("return 10 ** 5000", "Exceeds the limit (4300 digits)"),
        ("return [None] * 3_000_000", "it takes more than 8 MB beside its arrays"),
        ("import numpy as np\n    return np.zeros(33_000_000)", "it is larger than 256 MB"),
    ],
    ids=["cyclic", "structured", "key", "digits", "list", "array"],
)
def test_a_result_that_cannot_be_sent_says_why_and_the_next_call_works(defined, body, message):
    f = defined(f"def f(bad):\n    if not bad: return 3\n    {body}")
    with pytest.raises(Unsendable) as error:
        f(True)
    assert str(error.value).startswith(f"The tests cannot receive the result: {message}")
    assert f(False) == 3


def test_a_call_that_takes_too_long_is_timed_out_and_ends_the_session(defined):
    f = defined("def f(x):\n    while x: pass\n    return 3", seconds=0.1)
    assert f(0) == 3
    for argument in (1, 0):
        with pytest.raises(StudentGone) as gone:
            f(argument)
        assert gone.value.state is TestState.TIMED_OUT


@pytest.mark.parametrize("body", ["import os; os._exit(1)", "import ctypes; ctypes.string_at(0)"])
def test_a_call_that_ends_its_process_has_crashed(defined, body):
    with pytest.raises(StudentGone) as gone:
        defined(f"def f():\n    {body}")()
    assert gone.value.state is TestState.CRASHED


def test_a_warning_is_repeated_when_the_test_listens(defined):
    f = defined("import warnings\ndef f():\n    warnings.warn('careful', RuntimeWarning)\n    return 3")
    with pytest.warns(RuntimeWarning, match="careful"):
        f()
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("ignore")
        assert f() == 3
    assert heard == []


def test_a_warning_of_the_students_own_type_is_a_user_warning(defined):
    f = defined("import warnings\nclass Mine(Warning): pass\ndef f():\n    warnings.warn('careful', Mine)")
    with pytest.warns(UserWarning, match="careful"):
        f()


def test_floating_point_errors_are_as_the_test_sets_them(defined):
    f = defined("import numpy as np\ndef f(x):\n    return np.log(x)")
    with np.errstate(divide="raise"), pytest.raises(FloatingPointError, match="divide by zero"):
        f(np.zeros(1))
    with np.errstate(divide="ignore"):
        assert f(np.zeros(1)) == -np.inf


def test_what_a_call_prints_goes_nowhere(defined, capfd):
    assert defined("import os\ndef f():\n    print('x')\n    os.write(1, b'x')\n    return 3")() == 3
    assert capfd.readouterr() == ("", "")


def test_names_are_those_that_are_asked_for_and_defined(session_after):
    session = session_after("a, b = 1, len")
    found = session.names(["a", "b", "c"])
    assert found.keys() == {"a", "b"}
    assert found["a"] == 1
    assert StudentObject in type(found["b"]).__mro__
