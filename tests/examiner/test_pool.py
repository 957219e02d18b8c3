"""Many submissions: each ends with a verdict, also one that ends the process that grades it."""

import json
import os
from concurrent.futures import Future
from pathlib import Path

import pytest

from examiner import pool, sandbox
from examiner.errors import SandboxError
from examiner.pool import Job, grade_all
from examiner.verdict import SubmissionState, Verdict

STUDENTS = ["ada", "ben", "cleo"]


def verdict_of(job, student):
    """Give a verdict without an examination."""
    log(job, student)
    return Verdict(student, job.assignment.name, SubmissionState.GRADED), True


def ben_ends_the_process_always(job, student):
    log(job, student)
    if student == "ben":
        os._exit(1)
    return Verdict(student, job.assignment.name, SubmissionState.GRADED), True


def ben_ends_the_process_once(job, student):
    first = log(job, student) == 1
    if student == "ben" and first:
        os._exit(1)
    return Verdict(student, job.assignment.name, SubmissionState.GRADED), True


def an_error_of_the_course(job, student):
    raise RuntimeError(f"no source for {student}")


def log(job, student):
    """Note that a submission is graded, and return how often it was."""
    with (job.course.root / f"{student}.log").open("a") as file:
        file.write(f"{os.getpid()}\n")
    return len(processes(job, student))


def processes(job, student):
    return Path(job.course.root / f"{student}.log").read_text().splitlines()


@pytest.fixture
def job(course, assignment):
    return Job(course, assignment, processes=2)


def verdicts(job, grade_one, students=STUDENTS):
    return {v.student: v for v, _ in grade_all(job, students, grade_one=grade_one)}


def test_each_submission_is_graded_once_and_not_in_this_process(job):
    found = [verdict.student for verdict, _ in grade_all(job, STUDENTS, grade_one=verdict_of)]
    assert sorted(found) == STUDENTS
    assert [len(processes(job, student)) for student in STUDENTS] == [1, 1, 1]
    assert all(processes(job, student) != [str(os.getpid())] for student in STUDENTS)


def test_one_that_ends_its_process_twice_is_a_persons_and_the_others_are_graded(job):
    found = verdicts(job, ben_ends_the_process_always)
    assert {student: str(verdict.state) for student, verdict in found.items()} == {
        "ada": "graded", "ben": "needs_review", "cleo": "graded",
    }  # fmt: skip
    assert found["ben"].reason == (
        "Grading it ended the grader's own process twice: look at the notebook, and grade it by hand. "
        "What else is known stands in the log of the system (`dmesg`)."
    )
    assert [test.grade_id for test in found["ben"].tests] == ["add-test", "double-test"]
    assert found["ben"].points == 0
    first, second = processes(job, "ben")
    assert first != second
    for other in ("ada", "cleo"):
        assert second not in processes(job, other)  # it was tried alone


def test_one_that_ends_its_process_once_is_graded_after_all(job):
    found = verdicts(job, ben_ends_the_process_once)
    assert {verdict.state for verdict in found.values()} == {SubmissionState.GRADED}
    assert len(processes(job, "ben")) == 2


def test_an_error_of_the_course_is_raised(job):
    with pytest.raises(RuntimeError, match="no source for ada"):
        verdicts(job, an_error_of_the_course, ["ada"])


def test_nobody_is_no_work(job):
    assert verdicts(job, verdict_of, []) == {}


def test_a_submission_is_graded_for_real(job, hand_in):
    hand_in("ada")
    ((verdict, is_new),) = grade_all(job, ["ada"])
    assert (verdict.student, verdict.points, is_new) == ("ada", 60, True)
    ((again, is_new),) = grade_all(job, ["ada"])
    assert (again, is_new) == (verdict, False)


def environment_of_the_process(job, student):
    found = {name: os.environ.get(name) for name in sandbox.GRADING_ENVIRONMENT}
    (job.course.root / "environment.json").write_text(json.dumps(found))
    return verdict_of(job, student)


def test_the_processes_have_the_environment_of_the_grading_and_this_one_has_not(job, monkeypatch):
    for name in sandbox.GRADING_ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    verdicts(job, environment_of_the_process, ["ada"])
    found = json.loads((job.course.root / "environment.json").read_text())
    assert found == sandbox.GRADING_ENVIRONMENT
    assert not sandbox.GRADING_ENVIRONMENT.keys() & os.environ.keys()


def test_without_a_sandbox_nothing_is_graded(job, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxError) as refusal:
        verdicts(job, verdict_of)
    assert str(refusal.value) == (
        "nothing was graded. bwrap is missing: "
        "run `apt-get install bubblewrap` (Fedora: `dnf install bubblewrap`)."
    )
    assert not (job.course.root / "ada.log").exists()


def test_a_verdict_is_yielded_as_it_is_made():
    done, waiting = Future(), Future()
    done.set_result(("verdict", True))
    assert next(pool._survivors([waiting, done])) == ("verdict", True)
