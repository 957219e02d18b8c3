"""The forks that a notebook's cells run in: what each has seen, and what runs again where one ended."""

import contextlib
import time

import pytest

from examiner.exam.lineage import Lineage
from examiner.sandbox.session import Session
from examiner.sandbox.student_client import StudentClient, StudentGone
from examiner.verdict import TestState


@pytest.fixture
def lineage(first_student):
    """A lineage that begins with a fresh student process."""
    first = StudentClient(*first_student.fork())
    with contextlib.closing(Lineage(first, lambda again, source: again.run(source, 10))) as lineage:
        yield lineage
    first.end()


@pytest.fixture
def run(lineage):
    """A function that runs a cell as a notebook does."""

    def run(source):
        lineage.now.run(source, 10)
        lineage.has_run(source)

    return run


def shown(student, source):
    outputs = student.run(f"print({source})", 10).outputs
    return "".join(text for output in outputs for text in output["text"]).strip()


def names(student):
    return shown(student, "sorted(name for name in globals() if len(name) == 1 and name.isalpha())")


def test_what_is_kept_for_a_test_has_seen_no_later_cell(lineage, run):
    run("a = 1")
    lineage.keep("first")
    run("a = 2\nb = 2")
    lineage.keep("second")
    assert names(lineage.kept("first")) == "['a']"
    assert shown(lineage.kept("first"), "a") == "1"
    assert shown(lineage.kept("second"), "a + b") == "4"
    assert lineage.kept("third") is None


def test_tests_between_which_nothing_runs_share_a_process(lineage, run):
    run("a = 1")
    lineage.keep("first")
    lineage.keep("second")
    assert lineage.kept("first") is lineage.kept("second")


def test_before_any_cell_a_fork_is_kept_and_the_first_process_goes_on(lineage, run):
    lineage.keep("first")
    lineage.kept("first").run("a = 1", 10)
    assert names(lineage.kept("first")) == "['a']"
    assert lineage.kept("first") is not lineage._first


def test_where_a_cell_ended_its_process_those_before_it_run_again(lineage, run):
    run("a = 1")
    lineage.keep("test")
    run("b = 2")
    with pytest.raises(StudentGone):
        lineage.now.run("c = 3\nimport os\nos._exit(1)", 10)
    lineage.drop_now()
    assert names(lineage.now) == "['a', 'b']"
    assert not lineage.lost_cells


def test_cells_that_do_not_run_a_second_time_are_lost_and_it_is_said(lineage, run):
    run("a = 1")
    lineage.keep("test")
    once = "import os\nif os.path.exists('/tmp/once'): os._exit(1)\nopen('/tmp/once', 'w').close()\nb = 2"
    run(once)
    lineage.drop_now()
    assert names(lineage.now) == "['a']"
    assert lineage.lost_cells
    run("c = 3")
    assert names(lineage.now) == "['a', 'c']"


def test_what_is_kept_is_a_fork_of_the_process_that_goes_on(lineage, run):
    run("a = 1")
    lineage.keep("first")
    run("b = 2")
    lineage.keep("second")
    run("c = 3")
    process = shown(lineage.now, "__import__('os').getpid()")
    for name in ("first", "second"):
        assert shown(lineage.kept(name), "__import__('os').getppid()") == process


def test_behind_all_cells_the_process_itself_is_kept(lineage, run):
    run("a = 1")
    process = shown(lineage.now, "__import__('os').getpid()")
    lineage.keep("last")
    assert shown(lineage.kept("last"), "__import__('os').getpid()") == process


def test_what_is_kept_can_be_ended_when_the_process_that_it_was_forked_from_is_gone(lineage, run):
    run("a = 1")
    lineage.keep("first")
    run("b = 2")
    with pytest.raises(StudentGone):
        lineage.now.run("import os\nos._exit(1)", 10)
    lineage.drop_now()
    number = shown(lineage.kept("first"), "__import__('os').getpid()")
    lineage.kept("first").end()
    looked = f"__import__('os').path.exists('/proc/{number}')"
    with contextlib.closing(StudentClient(*lineage._first.fork())) as other:
        assert shown(other, looked) == "False"


def test_where_no_process_can_be_forked_the_cell_does_not_run_and_the_next_one_does(
    lineage, run, monkeypatch
):
    run("a = 1")
    lineage.keep("test")
    now, forks = lineage.now, StudentClient.fork
    run("b = 2")
    lineage.keep("next")
    monkeypatch.setattr(StudentClient, "fork", _gone)
    with pytest.raises(StudentGone):
        _ = lineage.now
    monkeypatch.setattr(StudentClient, "fork", forks)
    assert lineage.now is now
    assert names(lineage.kept("next")) == "['a', 'b']"


def test_a_test_may_stand_where_no_process_can_be_forked(lineage, monkeypatch):
    forks = StudentClient.fork
    monkeypatch.setattr(StudentClient, "fork", _gone)
    lineage.keep("first")
    lineage.keep("second")
    monkeypatch.setattr(StudentClient, "fork", forks)
    lineage.now.run("a = 1", 10)
    assert names(lineage.kept("first")) == "[]"
    assert lineage.kept("first") is lineage.kept("second")


def _gone(self):
    raise StudentGone(TestState.CRASHED)


def test_what_only_binds_names_runs_in_the_process_that_is_kept_for_tests_before_it(lineage, run):
    run("a = 1")
    lineage.keep("first")
    lineage.ahead.run("b = 2", 10)
    lineage.keep("second")
    assert lineage.kept("first") is lineage.kept("second")
    session = Session(*lineage.kept("first").itself(), seconds=10)
    assert session.names(["a", "b"], mark="first") == {"a": 1}
    assert session.names(["a", "b"], mark="second") == {"a": 1, "b": 2}
    assert session.names(["a", "b"], mark="none") == {"a": 1, "b": 2}


def test_where_cells_run_again_the_places_of_tests_are_marked_again(lineage, run):
    run("a = 1")
    lineage.keep("first")
    lineage.ahead.run("b = 2", 10)
    lineage.has_run("b = 2")
    lineage.drop_now()
    lineage.keep("second")
    session = Session(*lineage.kept("second").itself(), seconds=10)
    assert session.names(["a", "b"], mark="first") == {"a": 1}
    assert session.names(["a", "b"], mark="second") == {"a": 1, "b": 2}


def test_a_place_that_cannot_be_marked_ends_the_process_there(lineage, run):
    run("a = 1")
    run("import os, threading\nthreading.Timer(0.2, os._exit, (1,)).start()")
    time.sleep(0.5)
    lineage.keep("test")
    assert names(lineage.now) == "['a']"
