"""A Dask cluster on loopback: a scheduler and two workers, each a process of its own."""

import functools
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

import examiner
from examiner.batch import cluster, examination_client
from examiner.batch.cluster import dask_pool, examine_packed
from examiner.batch.run import grade
from examiner.batch.store import lost, prepare, read_exam
from examiner.errors import EditionError, ExaminationDied, KeyFailed
from examiner.exam.jobs import pack_outcome
from examiner.inside import messages as say
from examiner.inside.protocol import ProtocolError
from examiner.inside.wire import packed
from examiner.verdict import SubmissionState, TestState

STUDENTS = [f"student{number}" for number in range(6)]
ONCE = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}  # by default it tries four workers
WRONG = {"add": "def add(a, b):\n    return 3"}


def dask(*arguments, folder):
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "dask", *arguments],
        cwd=folder,
        env={**os.environ, **ONCE, "PYTHONPATH": str(Path(examiner.__file__).parents[1])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of the scheduler of a cluster with two workers that share no folder with the course."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    processes = [dask("scheduler", *options, "--scheduler-file", str(file), folder=folder)]
    options = ["--host", "127.0.0.1", "--nworkers", "2", "--nthreads", "1", "--no-dashboard"]
    processes.append(dask("worker", *options, "--scheduler-file", str(file), folder=folder))
    try:
        yield wait_for(file)
    finally:
        for process in reversed(processes):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(file):
    """Return the address that a scheduler writes, once two workers have joined it."""
    from distributed import Client

    with Client(scheduler_file=str(file), set_as_default=False, timeout=60) as client:
        client.wait_for_workers(2, timeout=60)
        return json.loads(file.read_text())["address"]


@pytest.fixture
def exam(course, assignment, hand_in):
    for number, student in enumerate(STUDENTS):
        hand_in(student, WRONG if number % 2 else None)
    return read_exam(course, assignment)


@pytest.fixture
def prepared(course, exam):
    """What prepares a student's job."""
    return lambda student: prepare(course, exam, student)


def test_a_cluster_gives_the_verdicts_of_this_machine(course, assignment, prepared, address):
    with dask_pool(address) as pool:
        assert pool.at_once == 4
        found = {o.verdict.student: o.verdict for o in pool.grade_all(STUDENTS, prepared)}
    assert found == {student: grade(course, assignment, student)[0] for student in STUDENTS}


def examine_or_kill_the_worker(exam, task):
    """Examine, but end the process of the Dask worker that is given a marked submission."""
    if b"marked" in task:
        os.kill(os.getpid(), signal.SIGKILL)
    return examine_packed(exam, task)


def test_a_submission_that_ends_every_worker_is_a_persons_and_costs_no_other(
    prepared, address, hand_in, monkeypatch
):
    hand_in("student0", {"add": "marked = 1"})
    monkeypatch.setattr(cluster, "examine_packed", examine_or_kill_the_worker)
    with dask_pool(address) as pool:
        found = {o.verdict.student: o.verdict for o in pool.grade_all(STUDENTS[:4], prepared)}
    assert {student: str(verdict.state) for student, verdict in found.items()} == {
        "student0": "needs_review", "student1": "graded", "student2": "graded", "student3": "graded",
    }  # fmt: skip
    assert "ended the grader's own process twice" in found["student0"].reason


class RunsWhenItIsRead:
    """What a process could send that is not the strict format: a pickle that runs a command."""

    def __init__(self, command):
        self.command = command

    def __reduce__(self):
        return os.system, (self.command,)


def answer_by_a_pickle(exam, task):
    """Answer by a value that would run here, where it is read."""
    return RunsWhenItIsRead(f"touch {os.environ['LEFT_BY_A_PICKLE']}")


def test_nothing_but_bytes_in_the_strict_format_is_read_of_what_a_worker_sends(
    prepared, address, tmp_path, monkeypatch
):
    left = tmp_path / "left"
    monkeypatch.setattr(cluster, "examine_packed", functools.partial(_with_variable, str(left)))
    with dask_pool(address) as pool:
        (outcome,) = pool.grade_all(["student1"], prepared)
    assert outcome.verdict.state is SubmissionState.NEEDS_REVIEW
    assert not left.exists()


def _with_variable(place, exam, task):
    os.environ["LEFT_BY_A_PICKLE"] = place
    return answer_by_a_pickle(exam, task)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0" * 8,
        packed(say.Examined(None)),
        packed(say.Examined({"t": "dict", "v": []})),
        packed(say.Done()),
    ],
    ids=["nothing", "zeros", "none", "empty", "another"],
)
def test_an_answer_that_is_no_outcome_is_no_grade(exam, prepared, answer):
    future = Future()
    future.set_result(answer)
    pool = object.__new__(cluster.ClusterPool)
    with pytest.raises(ExaminationDied):
        pool.outcome(prepared("student1"), future)


def test_a_worker_reads_an_exam_once_and_leaves_the_check_to_who_records(
    course, assignment, exam, prepared, monkeypatch
):
    asked = []

    def examine(job, *, check=True):
        asked.append((job.exam, check))
        return lost(job, "It was not run.")

    monkeypatch.setattr(examination_client, "examine", examine)
    monkeypatch.setattr(cluster._keys, "check", lambda exam: None)
    for student in STUDENTS[:2]:
        job = prepared(student)
        answer = examine_packed(cluster.packed_exam(job.exam), cluster.packed_task(job))
        assert cluster._unpacked_outcome(answer, job).verdict.student == student
    (first, _), (second, _) = asked
    assert first is second
    assert [check for _, check in asked] == [False, False]


def test_what_a_worker_says_is_checked_here(prepared):
    job = prepared("student1")
    forged = lost(job, "")
    tests = tuple(replace(test, max_points=1e6, state=TestState.PASSED) for test in forged.verdict.tests)
    tree, block = pack_outcome(replace(forged, verdict=replace(forged.verdict, tests=tests[:-1])))
    with pytest.raises(ProtocolError, match="other tests than those of the exam"):
        cluster._unpacked_outcome(packed(say.Examined(tree), block), job)


def test_each_worker_grades_the_exams_own_key_first(course, exam, address):
    broken = replace(exam, source=exam.source.replace("return a + b", "return a - b"))
    with dask_pool(address) as pool:
        pool.begin_key(exam)()
        with pytest.raises(
            KeyFailed, match=r"must earn all points here, but got 5 of 65.*Dask worker tcp://"
        ):
            pool.begin_key(broken)()


def test_a_worker_that_was_not_there_when_keys_were_checked_checks_its_own(exam, prepared, address):
    broken = replace(exam, source=exam.source.replace("return a + b", "return a * b"))
    with dask_pool(address) as pool, pytest.raises(KeyFailed):
        list(pool.grade_all(["student1"], lambda student: replace(prepared(student), exam=broken)))


def test_a_worker_of_another_edition_refuses(course, exam, address):
    other = replace(exam, conditions=replace(exam.conditions, edition="another"))
    with dask_pool(address) as pool, pytest.raises(EditionError) as refusal:
        pool.begin_key(other)()
    assert str(refusal.value).startswith(
        "a worker has another version of the examiner or of its libraries than the computer that asks: "
        "use the same checkout and the same requirements.lock on both"
    )
