"""Cells in a student process: all that works in a notebook works, and what would hang or end it is told."""

import base64
import contextlib
import socket
import time

import numpy as np
import pytest

from examiner.inside.messages import Fork, Put, Ran, Ready, Unsendable
from examiner.inside.wire import Wire, packed
from examiner.sandbox.objects import StudentObject
from examiner.sandbox.session import Session
from examiner.sandbox.student_client import StudentClient, StudentGone
from examiner.verdict import TestState


@pytest.fixture
def outputs_of(student):
    """A function that runs a cell and returns its outputs."""
    return lambda source, seconds=20: student.run(source, seconds).outputs


def stream(outputs):
    assert {output["output_type"] for output in outputs} <= {"stream"}, outputs
    return {output["name"]: "".join(output["text"]) for output in outputs}


def error(outputs):
    (output,) = outputs
    assert output["output_type"] == "error"
    return output["ename"], output["evalue"]


def names(student, *wanted):
    session = Session(*student.fork(), seconds=10)
    try:
        return session.names(list(wanted))
    finally:
        session.end()


def test_what_a_cell_prints_comes_back_by_stream(outputs_of):
    outputs = outputs_of("import sys, warnings\nprint('out')\nprint('err', file=sys.stderr)\nprint('more')")
    assert [(shown["name"], "".join(shown["text"])) for shown in outputs] == [
        ("stdout", "out\n"),
        ("stderr", "err\n"),
        ("stdout", "more\n"),
    ]


def test_the_last_expression_is_shown_with_its_number(student):
    assert student.run("x = 1", 10) == Ran([], 1)
    ran = student.run("x + 1", 10)
    assert ran.count == 2
    (shown,) = ran.outputs
    assert (shown["output_type"], shown["execution_count"]) == ("execute_result", 2)
    assert shown["data"] == {"text/plain": "2"}


def test_what_is_displayed_comes_back_in_its_formats(outputs_of):
    (shown,) = outputs_of("from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))")
    assert shown["output_type"] == "display_data"
    assert shown["data"]["text/html"] == "<b>x</b>"


def test_a_cleared_output_is_gone(outputs_of):
    cell = "from IPython.display import clear_output\nprint(1)\nclear_output()\nprint(2)"
    assert stream(outputs_of(cell)) == {"stdout": "2\n"}


def test_an_error_comes_back_with_its_traceback(outputs_of):
    outputs = outputs_of("1 / 0")
    assert error(outputs) == ("ZeroDivisionError", "division by zero")
    assert "line 1" in "".join(outputs[0]["traceback"])


def test_an_error_imports_nothing_and_looks_through_no_modules(outputs_of):
    outputs_of("import inspect, sys\nmodules, files = {*sys.modules}, {*inspect.modulesbyfile}")
    outputs_of("1 / 0")
    outputs = outputs_of(
        "new = {*inspect.modulesbyfile} - files\n"
        "print({*sys.modules} - modules, {inspect.modulesbyfile[name] for name in new})"
    )
    assert stream(outputs) == {"stdout": "set() {''}\n"}


def test_a_syntax_error_is_an_error_of_its_cell_alone(outputs_of):
    assert error(outputs_of("def f(:"))[0] == "SyntaxError"
    assert stream(outputs_of("print(1)")) == {"stdout": "1\n"}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("%time x = 3\nprint('x is', x)", "x is 3"),
        ("%%capture kept\nprint(1)\n", None),
        ("%%timeit -n 1 -r 1\npass", "per loop"),
        ("!echo from the shell", "from the shell"),
        ("%matplotlib inline\nprint('drawn')", "drawn"),
    ],
    ids=["line", "capture", "timeit", "shell", "matplotlib"],
)
def test_magics_work(outputs_of, cell, expected):
    outputs = outputs_of(cell)
    assert outputs == [] if expected is None else expected in stream(outputs)["stdout"]


def test_a_figure_is_drawn_inline_as_png(outputs_of):
    (shown,) = outputs_of("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")
    assert base64.b64decode(shown["data"]["image/png"]).startswith(b"\x89PNG")


def test_a_cell_may_await(student):
    assert student.run("import asyncio\nx = await asyncio.sleep(0, 3)", 10).outputs == []
    assert names(student, "x") == {"x": 3}


def test_a_widget_calls_its_function_once(student):
    cell = "import ipywidgets\nseen = []\nipywidgets.interact(seen.append, x=(0, 4));"
    shown = student.run(cell.replace("seen.append", "lambda x: seen.append(x)"), 20).outputs
    assert all(output["output_type"] != "error" for output in shown)
    assert names(student, "seen") == {"seen": [2]}


@pytest.mark.parametrize(
    "cell", ["input('?')", "import getpass\ngetpass.getpass()"], ids=["input", "getpass"]
)
def test_a_question_to_the_user_is_an_error_and_no_hang(outputs_of, cell):
    *_, shown = outputs_of(cell)
    assert error([shown])[0] == "EOFError"


def test_reading_standard_input_finds_it_empty(outputs_of):
    assert stream(outputs_of("import os\nprint(os.read(0, 1))")) == {"stdout": "b''\n"}


@pytest.mark.parametrize("cell", ["exit()", "quit()", "exit"])
def test_leaving_a_notebook_leaves_the_process(student, cell):
    student.run("x = 1", 10)
    student.run(cell, 10)
    student.run("x += 1", 10)
    assert names(student, "x") == {"x": 2}


@pytest.mark.parametrize(
    "cell", ["import sys\nsys.exit(3)", "raise SystemExit(3)", "raise KeyboardInterrupt"]
)
def test_an_error_that_would_end_a_script_is_one_of_the_cell(student, outputs_of, cell):
    outputs = outputs_of(cell)
    assert [shown["ename"] for shown in outputs if shown["output_type"] == "error"][0] in cell.replace(
        "sys.exit", "SystemExit"
    )
    assert stream(outputs_of("print(1)")) == {"stdout": "1\n"}


@pytest.mark.parametrize(
    "cell",
    ["import os\nos._exit(0)", "import os\nos.kill(os.getpid(), 9)", "import ctypes\nctypes.string_at(0)"],
    ids=["exit", "kill", "segfault"],
)  # fmt: skip
def test_a_process_that_ends_is_told_and_stays_gone(student, cell):
    for _ in range(2):
        with pytest.raises(StudentGone) as gone:
            student.run(cell, 10)
        assert gone.value.state is TestState.CRASHED


def test_a_cell_that_takes_too_long_is_stopped_and_keeps_what_it_did(student, outputs_of):
    assert error(outputs_of("x = 1\nwhile True: pass", 1)) == ("OutOfTime", "stopped after 1 seconds")
    assert names(student, "x") == {"x": 1}


def test_a_cell_that_cannot_be_stopped_is_given_up(student):
    deaf = "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\nwhile True: pass"
    with pytest.raises(StudentGone) as gone:
        student.run(deaf, 0.1)
    assert gone.value.state is TestState.TIMED_OUT


MORE = "\n… (the rest of the output was cut)\n"


@pytest.mark.parametrize("size", [9_997, 10_000, 12_345], ids=["just_fits", "round", "uneven"])
def test_output_is_kept_up_to_a_number_of_bytes(outputs_of, size):
    text = stream(outputs_of(f"for _ in range(400): print('x' * {size}, end='')"))["stdout"]
    assert text.endswith(MORE)
    assert 1_900_000 < len(text) < 2_000_100
    assert stream(outputs_of("print(1)")) == {"stdout": "1\n"}


@pytest.mark.parametrize(
    "cell",
    [
        "print('☃' * 3_000_000)",
        "for _ in range(1_000_000): sys.stdout.write('x')",
        "print('\\0' * 3_000_000)",
    ],
    ids=["one_text", "many_texts", "escaped"],
)
def test_output_that_takes_more_bytes_than_characters_still_arrives(outputs_of, cell):
    text = stream(outputs_of(f"import sys\n{cell}"))["stdout"]
    assert text.endswith(MORE)
    assert 100_000 < len(text) < 2_000_100


def test_an_error_after_too_much_output_is_still_shown(outputs_of):
    outputs = outputs_of("while True: print('x' * 100_000)", 0.3)
    assert error(outputs[-1:]) == ("OutOfTime", "stopped after 0.3 seconds")


def test_what_is_cleared_does_not_count(outputs_of):
    cell = "from IPython.display import clear_output\nfor i in range(30):\n"
    shown = outputs_of(cell + "    clear_output()\n    print('x' * 100_000, i)")
    assert stream(shown)["stdout"].endswith("x 29\n")


def test_a_plain_value_is_sent_and_a_large_one_referred_to(student):
    student.run("import numpy as np\nsmall = np.arange(3)\nlarge = np.zeros(2_000_000)\nf = len", 20)
    found = names(student, "small", "large", "f", "absent")
    assert found["small"].tolist() == [0, 1, 2]
    assert {type(found[name]).__mro__[-2] for name in ("large", "f")} == {StudentObject}
    assert "absent" not in found


def test_a_value_that_breaks_when_it_is_sent_is_referred_to(student):
    student.run("values = [{frozenset({1}): 2}, 10 ** 5000]\nx, y = values", 10)
    assert all(isinstance(value, StudentObject) for value in names(student, "x", "y").values())


def test_a_fork_begins_as_its_parent_is_and_changes_nothing_in_it(student):
    student.run("x = [1]", 10)
    forks = [StudentClient(*student.fork()) for _ in range(2)]
    for fork in forks:
        fork.run("x.append(2)", 10)
        assert names(fork, "x") == {"x": [1, 2]}
    forks[0].end()
    assert names(forks[1], "x") == {"x": [1, 2]}
    forks[1].end()
    assert names(student, "x") == {"x": [1]}


DRAWS = "import random, numpy as np\ndef draw():\n    return [random.random(), np.random.rand()]"


def test_a_seed_fixes_what_is_drawn(session_after):
    session = session_after(DRAWS)
    draw = session.names(["draw"])["draw"]
    drawn = []
    for seed in (1, 1, 2):
        session.names([], seed)
        drawn.append(draw())
    assert drawn[0] == drawn[1] != drawn[2]
    assert drawn[0][1] == np.random.RandomState(1).rand()


def test_a_seed_fixes_what_torch_draws(session_after):
    session = session_after("import torch\ndef draw():\n    return torch.rand(3).tolist()")
    draw = session.names(["draw"])["draw"]
    session.names([], 1)
    first = draw()
    session.names([], 1)
    assert draw() == first


@pytest.mark.parametrize(
    "sent",
    [
        b"\0" * 8,
        packed(Ready()),
        packed(Fork()) + packed(Fork()),
        packed(Put({"x": {"t": "object", "yours": 9}})),
    ],
    ids=["no_json", "unheard_of", "fork_without_a_socket", "no_reference"],
)
def test_a_message_that_makes_no_sense_ends_the_process_or_is_answered_and_nothing_else(student, sent):
    wire, *_ = student.fork()
    wire.deadline = time.monotonic() + 10
    with contextlib.closing(wire):
        wire.socket.sendall(sent)
        wire.socket.shutdown(socket.SHUT_WR)
        with contextlib.suppress(EOFError):
            assert isinstance(wire.receive(Unsendable)[0], Unsendable)


def test_a_process_ends_when_the_other_end_closes(student):
    student.run("import os, socket\nreading, writing = os.pipe()", 10)
    wire, *_ = student.fork()
    assert isinstance(wire, Wire)
    fd = wire.socket.fileno()
    watched = socket.socket(fileno=socket.dup(fd))
    wire.socket.shutdown(socket.SHUT_WR)
    watched.settimeout(10)
    assert watched.recv(1) == b""
    watched.close()
    wire.close()
