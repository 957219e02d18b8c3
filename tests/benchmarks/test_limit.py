"""The limit of grading: a solved notebook run in one process, and where the rest of the time goes."""

import subprocess
import sys
import time

import pytest
from nbformat.v4 import new_code_cell

from benchmarks import limit, parts, plain_run
from benchmarks.processor_time import ProcessorTime
from examiner.exam.tasks import notebooks
from examiner.sandbox import nursery_client
from examiner.sandbox.bubblewrap import GRADING_ENVIRONMENT
from tests.examiner.conftest import check_cell, notebook_of

STANDS_IN = "from neurocourse import checks\nchecks.stand_in(f=lambda: 3)\nassert g() == 3\nseen = g()"
CLOCKS = (time.process_time, time.perf_counter)


def steps(*made):
    notebook = notebook_of(*made)
    return plain_run.steps(notebook, notebook, notebook)


def test_cells_and_tests_run_in_order_and_each_is_timed():
    found = plain_run.run(
        steps("x = 1", check_cell("assert x == 1", "a"), "if x > 1:\n    %pip install x\nx = 2"), CLOCKS
    )
    assert [*found] == [("cell", "cell-0"), ("test", "a"), ("cell", "cell-2")]
    assert all(len(taken) == 2 and min(taken) >= 0 for taken in found.values())


def test_what_a_test_stands_in_is_taken_back_after_it():
    made = ["def f():\n    return 1\ndef g():\n    return f()", check_cell(STANDS_IN)]
    plain_run.run(steps(*made, "assert g() == 1 and 'seen' not in globals()"), CLOCKS)


def test_a_test_that_fails_ends_the_run():
    with pytest.raises(ZeroDivisionError):
        plain_run.run(steps(check_cell("1 / 0")), CLOCKS)


def test_cells_that_a_grader_leaves_out_are_left_out():
    assert [name for _, name, _ in steps("x = 1", new_code_cell("1 / 0", id="show-x"))] == ["cell-0"]


def test_the_processor_time_of_processes_that_have_ended_counts():
    clock = ProcessorTime()
    begun, slept = clock(), time.perf_counter()
    subprocess.run([sys.executable, "-c", "sum(range(3_000_000))"], check=True)
    taken, passed = clock() - begun, time.perf_counter() - slept
    clock.close()
    assert taken > 0.02
    assert taken <= passed + 0.1 or not clock.is_exact


def test_a_part_within_another_counts_for_itself():
    now = iter(range(100))
    counted = parts.Parts(lambda: next(now))
    inner = counted._timed(lambda: None, lambda: "inner")
    outer = counted._timed(lambda: [inner(), inner()], lambda: "outer")
    outer()
    assert counted.seconds == {"inner": 2, "outer": 3}
    assert counted.count == {"inner": 2, "outer": 1}


def test_the_parts_of_a_difference_add_up_to_it():
    counted = parts.Parts(time.perf_counter)
    counted.seconds.update({"cell a": 3.0, "test b": 7.0, "forks and snapshots": 2.0})
    counted.crossings["test b"] = 11
    rows = counted.beyond({"cell a": 1.0, "test b": 4.0}, 10.0)
    by_title = {title: (seconds, count) for title, seconds, count in rows}
    assert by_title["cells run in a shell"] == (2.0, 1)
    assert by_title["tests call across the wire"] == (3.0, 11)
    assert by_title["  test b"] == (3.0, 11)
    assert sum(seconds for title, seconds, _ in rows if not title.startswith(" ")) == 10.0


def test_a_tutorial_is_compared_with_its_limit(capsys):
    course = limit.read_course(limit.ROOT)
    job = limit._solved(course, course.assignment("02_poisson_glm"))
    source, released = notebooks(job.exam)
    with nursery_client.environment(**GRADING_ENVIRONMENT):
        plain = limit._without_walls(job, 1)
        limit._print_parts(job, time.perf_counter, plain, 1.0)
    assert {name for name in plain if name.startswith("test ")} == {
        f"test {cell.id}" for cell in source.cells if cell.id.endswith(("-test", "-test-2"))
    }
    told = capsys.readouterr().out
    assert "forks and snapshots (" in told
    assert "tests call across the wire (" in told
