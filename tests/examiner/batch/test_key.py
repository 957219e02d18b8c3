"""The key first: nobody is graded by a grader that does not grade the exam's own solution right."""

import json
import os
from dataclasses import replace

import nbformat
import pytest

from examiner.batch import key, pool
from examiner.batch.key import RELEASE, SOLUTION, check_key, is_known, key_jobs, remember
from examiner.batch.pool import Pool, local_pool
from examiner.batch.run import Request, grade_batch
from examiner.batch.store import read_exam
from examiner.commands import main
from examiner.errors import ExaminationDied, GraderAtFault, KeyFailed
from examiner.exam.jobs import Outcome
from examiner.gradebook import scores
from examiner.verdict import SubmissionState, TestState, Verdict


@pytest.fixture
def exam(course, assignment):
    return read_exam(course, assignment)


@pytest.fixture(scope="module")
def workers():
    with local_pool(1) as pool:
        yield pool


@pytest.fixture
def run(course, assignment, workers):
    return lambda: grade_batch(course, assignment, Request(), workers, lambda graded: None)


def break_source(course, assignment, old, new):
    """Change the source alone, as somebody does who forgets to release it."""
    path = course.path("source", assignment) / assignment.filename
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


BROKEN = {
    "reference": ("41.5", "40.5", "got 5 of 65 points; first add-test (add on other numbers is not right"),
    "stand_in": ("lambda a, b: a + b", "lambda a, b: undefined", "got 60 of 65 points; first double-test ("),
    "lent": (
        "return a - -b",
        "return undefined",
        "got needs review: The reference `right_sum` of a test is marked as known, but uses `undefined`",
    ),
    "import": (
        "from neurocourse import checks",
        "import no_such_module",
        "got needs review: The grader itself failed while it ran a test (ModuleNotFoundError)",
    ),
    "solution": (
        "return a + b",
        "return a - b",
        "got 5 of 65 points; first add-test (add(1, 2) is not right",
    ),
}


@pytest.mark.parametrize(("old", "new", "came"), BROKEN.values(), ids=BROKEN)
def test_a_broken_exam_is_told_in_one_sentence_and_nothing_is_recorded(
    course, assignment, hand_in, run, old, new, came
):
    hand_in("ada")
    break_source(course, assignment, old, new)
    with pytest.raises(KeyFailed) as failed:
        run()
    sentence = str(failed.value)
    assert sentence.startswith(f"01_adding: {SOLUTION} must earn all points here, but got ")
    assert came in sentence
    assert sentence.endswith("Nobody was graded. `python -m examiner doctor` checks this machine")
    assert not list(course.root.glob("autograded/*/*/verdict.json"))
    assert scores.scores(course, assignment) == {}


def test_a_release_that_earns_points_is_told(course, assignment, hand_in, run):
    hand_in("ada")
    path = course.path("release", assignment) / assignment.filename
    released = nbformat.read(path, 4)
    for cell in released.cells:
        if cell.id == "add":
            cell.source = "def add(a, b):\n    return a + b"
    nbformat.write(released, path)
    with pytest.raises(KeyFailed) as failed:
        run()
    assert str(failed.value).startswith(
        f"01_adding: {RELEASE} must earn no points here, but got 60 of 65 points; first add-test. "
    )


def test_a_cell_of_the_release_that_fails_where_it_is_graded_is_the_courses_fault(course, hand_in, run):
    hand_in("ada")
    for step in ("source", "release"):
        break_source_of(course, step, "notebook.set_up()", "import seaborn_of_the_course")
    with pytest.raises(KeyFailed) as failed:
        run()
    assert (
        "needs review: The notebook's own cell `setup` fails while grading (ModuleNotFoundError: "
        "No module named 'seaborn_of_the_course'). This is not the student's fault: "
        "repair the course or the machine, then grade again"
    ) in str(failed.value)


def break_source_of(course, step, old, new):
    path = course.path(step, course.assignments[0]) / course.assignments[0].filename
    path.write_text(path.read_text().replace(old, new))


def test_a_right_key_is_known_until_something_that_matters_changes(course, exam, hand_in, run, monkeypatch):
    hand_in("ada")
    assert not is_known(course, exam)
    run()
    assert is_known(course, exam)
    before = os.umask(0o077)
    try:
        assert not is_known(course, exam)
    finally:
        os.umask(before)
    assert not is_known(course, replace(exam, source=exam.source + " "))
    assert not is_known(course, replace(exam, conditions=replace(exam.conditions, edition="another")))
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert not is_known(course, exam)


def test_the_first_submissions_run_beside_the_key_and_the_others_after_it(course, hand_in, run, monkeypatch):
    begun = []
    submit = Pool.submit

    def noted(self, job):
        begun.append(job.student)
        return submit(self, job)

    monkeypatch.setattr(Pool, "submit", noted)
    monkeypatch.setattr(pool, "check_key", lambda *_: begun.append("checked"))
    for student in ("ada", "ben", "cleo", "dan"):
        hand_in(student, {"add": f"def add(a, b):\n    return a + b  # by {student}"})
    run()
    assert begun == [SOLUTION, RELEASE, "ada", "ben", "checked", "cleo", "dan"]


def test_the_key_is_asked_for_where_somebody_is_graded_and_only_there(
    course, exam, hand_in, run, monkeypatch
):
    asked = []

    def begin(self, course, exam):
        asked.append(exam)
        return lambda: None

    monkeypatch.setattr(Pool, "begin_key_once", begin)
    hand_in("ada")
    hand_in("ben")
    run()
    assert asked == [exam]
    run()
    assert asked == [exam]
    hand_in("cleo")
    run()
    assert asked == [exam, exam]


@pytest.mark.parametrize("content", ["", "{", "3", "[1, null]", '{"a": 1}', "\udcff"])
def test_a_file_of_known_keys_that_is_none_is_made_anew(course, exam, content):
    file = course.root / ".examiner" / "keys.json"
    file.parent.mkdir()
    file.write_bytes(content.encode(errors="surrogateescape"))
    assert not is_known(course, exam)
    remember(course, exam)
    assert is_known(course, exam)
    assert len(json.loads(file.read_text())) <= 100


def test_the_jobs_are_the_solution_and_the_release(exam):
    solution, release = key_jobs(exam)
    solved, released = (nbformat.reads(job.files.files[0].content.decode(), 4) for job in (solution, release))
    assert released == nbformat.reads(exam.release, 4)
    assert [cell.id for cell in solved.cells] == [cell.id for cell in released.cells]
    sources = {cell.id: cell.source for cell in solved.cells}
    assert "return a + b" in sources["add"]
    assert "MARK SCHEME" not in str(sources) and "SOLUTION" not in str(sources)
    assert sources["why"] == "Because addition commutes."


def outcome(exam, *states, state=SubmissionState.GRADED, reason=""):
    source, _ = key.notebooks(exam)
    tests = [replace(test, state=s) for test, s in zip(key_tests(source), states, strict=True)]
    return Outcome(Verdict("", exam.assignment.name, state, reason, tuple(tests)), "", 0)


def key_tests(source):
    from examiner.exam.examination import exam_tests

    return exam_tests(source)


PASSED, FAILED = TestState.PASSED, TestState.FAILED
WRONG = {
    "died": (ExaminationDied("Traceback\nValueError: x"), "got ValueError: x. "),
    "fault": (GraderAtFault("The machine was too busy."), "got The machine was too busy. "),
    "error": (RuntimeError("x"), "got RuntimeError: x. "),
}


@pytest.mark.parametrize(("error", "came"), WRONG.values(), ids=WRONG)
def test_an_examination_that_fails_is_no_right_key(exam, error, came):
    with pytest.raises(KeyFailed) as failed:
        check_key(exam, outcome(exam, PASSED, PASSED), error)
    assert came in str(failed.value)


def test_all_points_and_none_is_right(exam):
    check_key(exam, outcome(exam, PASSED, PASSED), outcome(exam, FAILED, FAILED))


@pytest.mark.parametrize("states", [(FAILED, PASSED), (PASSED, FAILED)])
def test_each_point_counts_extra_ones_too(exam, states):
    with pytest.raises(KeyFailed):
        check_key(exam, outcome(exam, *states), outcome(exam, FAILED, FAILED))
    with pytest.raises(KeyFailed):
        check_key(exam, outcome(exam, PASSED, PASSED), outcome(exam, *states))


def test_a_key_that_is_not_graded_is_not_right(exam):
    unread = outcome(exam, FAILED, FAILED, state=SubmissionState.UNREADABLE, reason="It is empty.")
    with pytest.raises(KeyFailed, match="got unreadable: It is empty. Nobody"):
        check_key(exam, unread, outcome(exam, FAILED, FAILED))


def test_the_command_says_it_in_one_line_and_ends_with_two(course, assignment, hand_in, monkeypatch, capsys):
    hand_in("ada")
    break_source(course, assignment, "41.5", "40.5")
    monkeypatch.chdir(course.root)
    assert main(["grade"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[-1].startswith(f"examiner: 01_adding: {SOLUTION} must earn all points here")


def test_not_even_a_submission_that_cannot_be_read_is_recorded_by_a_grader_that_fails(
    course, assignment, hand_in, run, monkeypatch
):
    hand_in("ada")
    break_source(course, assignment, "return a + b", "return a - b")
    monkeypatch.setattr("examiner.batch.run.prepare", _unreadable)
    with pytest.raises(KeyFailed):
        run()
    assert scores.scores(course, assignment) == {}


def _unreadable(*_, **__):
    raise PermissionError(13, "Permission denied")
