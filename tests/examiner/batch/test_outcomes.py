"""What an examination says is checked as if a student had written it."""

import json
from dataclasses import replace

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from examiner.batch import outcomes
from examiner.batch.outcomes import checked
from examiner.batch.store import read_exam
from examiner.exam.examination import exam_tests
from examiner.exam.jobs import Job, Outcome, pack_outcome, unpack_outcome
from examiner.exam.tasks import notebooks, written_answers
from examiner.inside.protocol import ProtocolError
from examiner.intake.files import Files
from examiner.verdict import SubmissionState, TestState, Verdict, WrittenAnswer


@pytest.fixture
def exam(course, assignment):
    return read_exam(course, assignment)


@pytest.fixture
def job(exam):
    return Job(exam, "ada", Files(), "digest of the job")


@pytest.fixture
def honest(exam):
    """What an examination says in which one test passed."""
    source, released = notebooks(exam)
    first, second = exam_tests(source)
    tests = (
        replace(first, state=TestState.PASSED, message="", key="ab"),
        replace(second, key="cd", only_hidden=True),
    )
    verdict = Verdict(
        "", exam.assignment.name, SubmissionState.GRADED, tests=tests, notes=("It ran.",),
        written=written_answers(released, released),
    )  # fmt: skip
    return Outcome(verdict, exam.release, 2)


@pytest.fixture
def check(job):
    return lambda outcome: checked(outcome, job, *notebooks(job.exam))


def test_an_honest_outcome_comes_through_with_whose_it_is(check, honest, exam):
    found = check(honest)
    assert found.verdict == replace(honest.verdict, student="ada", digest="digest of the job")
    assert found.n_run == 2
    assert nbformat.reads(found.notebook, 4).cells == nbformat.reads(exam.release, 4).cells


def test_points_are_those_of_the_exam_whatever_is_said(check, honest):
    forged = [replace(t, max_points=1000, max_bonus=500, exercise="other") for t in honest.verdict.tests]
    found = check(replace(honest, verdict=replace(honest.verdict, tests=tuple(forged)))).verdict
    assert (found.points, found.bonus) == (60, 0)
    assert {test.grade_id: test.exercise for test in found.tests} == {
        "add-test": "add",
        "double-test": "double",
    }


def test_nobody_elses_name_and_no_other_assignment_is_taken_from_it(check, honest):
    found = check(
        replace(honest, verdict=replace(honest.verdict, student="ben", assignment="02", digest="x"))
    )
    assert (found.verdict.student, found.verdict.assignment) == ("ada", "01_adding")
    assert found.verdict.digest == "digest of the job"


def swap(verdict, **changes):
    return replace(verdict, **changes)


FORGED = {
    "a test more": lambda v: swap(v, tests=(*v.tests, replace(v.tests[0], grade_id="extra-test"))),
    "a test twice": lambda v: swap(v, tests=(v.tests[0], v.tests[0])),
    "a test less": lambda v: swap(v, tests=v.tests[:1]),
    "another order": lambda v: swap(v, tests=v.tests[::-1]),
    "a key that is none": lambda v: swap(v, tests=(replace(v.tests[0], key="../../x"), v.tests[1])),
    "passed, but not graded": lambda v: swap(v, state=SubmissionState.NEEDS_REVIEW),
    "another written answer": lambda v: swap(v, written=(WrittenAnswer("other", True, "ab"),)),
    "a digest that is none": lambda v: swap(v, written=(WrittenAnswer("why", True, "<b>"),)),
    "a sentence that is none": lambda v: swap(v, notes=(3,)),
}  # fmt: skip


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_what_no_examination_would_say_is_refused(check, honest, forge):
    with pytest.raises(ProtocolError):
        check(replace(honest, verdict=forge(honest.verdict)))


def test_texts_are_short_and_do_nothing_to_who_reads_them(check, honest):
    odd = "\x1b[31m\u202e" + "x" * 10_000
    verdict = replace(honest.verdict, reason=odd, notes=(odd,) * 3_000, repairs=(odd,))
    found = check(replace(honest, verdict=verdict)).verdict
    assert len(found.notes) == 1_000
    for text in (found.reason, *found.notes, *found.repairs):
        assert len(text) == 4_000
        assert "\x1b" not in text and "\u202e" not in text


def with_cells(outcome, change):
    notebook = json.loads(outcome.notebook)
    change(notebook)
    return replace(outcome, notebook=json.dumps(notebook))


def forged_metadata(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = cell["metadata"] | {"bonus": 1000, "tags": ["<script>"]}
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["points"] = 1000
    notebook["metadata"]["kernelspec"] = {"name": "mine", "display_name": "x"}
    notebook["other"] = 3


def test_what_the_release_says_of_a_cell_is_taken_from_the_release(check, honest, exam):
    found = nbformat.reads(check(with_cells(honest, forged_metadata)).notebook, 4)
    released = nbformat.reads(exam.release, 4)
    by_id = {cell.id: cell.metadata for cell in released.cells if "nbgrader" in cell.metadata}
    assert {cell.id: cell.metadata for cell in found.cells if cell.metadata} == by_id
    assert found.metadata == released.metadata


def added(notebook):
    notebook["cells"] += [new_code_cell("x", id="added-1"), new_markdown_cell("y", id="added-2")]
    notebook["cells"][-2]["outputs"] = [
        new_output("stream", text="z"), {"output_type": "odd"}, 7,
        new_output("display_data", {"text/html": "<b>"}),
    ]  # fmt: skip
    notebook["cells"][-2]["execution_count"] = -(10**30)


def test_cells_that_were_added_stay_with_what_they_show(check, honest):
    cell = nbformat.reads(check(with_cells(honest, added)).notebook, 4).cells[-2]
    assert (cell.id, cell.source, cell.execution_count) == ("added-1", "x", None)
    assert [output.output_type for output in cell.outputs] == ["stream", "display_data"]


def without(grade_id):
    def change(notebook):
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] != grade_id]

    return change


def doubled(notebook):
    notebook["cells"].append(next(cell for cell in notebook["cells"] if cell["id"] == "add-test"))


NO_NOTEBOOK = {
    "missing": without("add-test"),
    "doubled": doubled,
    "no list": lambda notebook: notebook.update(cells={}),
    "no cell": lambda notebook: notebook["cells"].append(3),
    "no kind": lambda notebook: notebook["cells"][0].update(cell_type="heading"),
    "no text": lambda notebook: notebook["cells"][0].update(source=[3]),
    "no name": lambda notebook: notebook["cells"][0].update(id="../x"),
    "many": lambda notebook: notebook["cells"].extend([notebook["cells"][0]] * 20_001),
}  # fmt: skip


@pytest.mark.parametrize("change", NO_NOTEBOOK.values(), ids=NO_NOTEBOOK)
def test_a_notebook_that_no_examination_would_give_is_refused(check, honest, change):
    with pytest.raises(ProtocolError):
        check(with_cells(honest, change))


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"cells": 3}', "[" * 100_000, "9" * 10_000])
def test_a_text_that_is_no_notebook_is_refused(check, honest, text):
    with pytest.raises(ProtocolError):
        check(replace(honest, notebook=text))


def test_a_notebook_that_is_too_large_is_refused(check, honest, monkeypatch):
    monkeypatch.setattr(outcomes, "MAX_NOTEBOOK", 1_000)
    with pytest.raises(ProtocolError, match="a notebook that is too large"):
        check(honest)


def test_the_place_of_a_notebook_that_was_not_graded_says_why(check, honest):
    verdict = replace(honest.verdict, state=SubmissionState.UNREADABLE, reason="It is empty.", written=())
    tests = tuple(replace(test, state=TestState.NOT_REACHED) for test in verdict.tests)
    notebook = (
        '{"cells": [{"cell_type": "markdown", "id": "not-graded", "source": "**Not graded.** It is empty."}]}'
    )
    found = check(Outcome(replace(verdict, tests=tests), notebook, 0))
    assert [cell.source for cell in nbformat.reads(found.notebook, 4).cells] == [
        "**Not graded.** It is empty."
    ]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
names = st.sampled_from(
    ["student", "state", "tests", "written", "notes", "repairs", "reason", "firm", "digest"]
)


@settings(
    max_examples=200, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(changes=st.dictionaries(names, anything, max_size=3), cell=anything)
def test_whatever_is_said_is_an_outcome_of_this_job_or_refused(check, honest, changes, cell):
    said = json.loads(honest.verdict.to_json()) | changes
    notebook = json.loads(honest.notebook)
    notebook["cells"].append(cell)
    tree, block = pack_outcome(honest)
    try:
        verdict = Verdict.from_json(json.dumps(said))
    except (AttributeError, LookupError, TypeError, ValueError):
        return
    try:
        found = check(Outcome(verdict, json.dumps(notebook) if cell else honest.notebook, 2)).verdict
    except ProtocolError:
        return
    assert found.student == "ada"
    assert found.points <= 60 and found.bonus <= 5
    assert unpack_outcome(tree, block) == honest
