"""Many submissions: each ends with an outcome, also one that ends the worker that grades it."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing.connection import wait
from pathlib import Path

import pytest

from examiner import keeper as keeping
from examiner import pool
from examiner.errors import EditionError, SandboxError, WorkerDied
from examiner.grading import Job, Outcome, prepare, read_exam
from examiner.pool import Pool, local_pool
from examiner.submission import Files
from examiner.verdict import SubmissionState, Verdict
from tests.examiner.conftest import ASSIGNMENT

STUDENTS = ["ada", "ben", "cleo"]


@pytest.fixture
def exam(course, assignment):
    return read_exam(course, assignment)


@pytest.fixture
def jobs(exam):
    return [Job(exam, student, Files(), "digest") for student in STUDENTS]


@pytest.fixture
def threads():
    with ThreadPoolExecutor(2) as executor:
        yield Pool(executor, 2)


def graded(job):
    return Outcome(Verdict(job.student, ASSIGNMENT, SubmissionState.GRADED), "", 1)


class Grader:
    """Grades by giving a verdict; `dies` says how often a student's submission ends its worker first."""

    def __init__(self, **dies):
        self.dies, self.seen, self.lock = dies, [], threading.Lock()
        self.running, self.most = 0, 0

    def __call__(self, job):
        with self.lock:
            self.seen.append(job.student)
            self.running += 1
            self.most = max(self.most, self.running)
        try:
            if self.seen.count(job.student) <= self.dies.get(job.student, 0):
                raise WorkerDied(job.student)
            return graded(job)
        finally:
            with self.lock:
                self.running -= 1


def verdicts(threads, jobs, grader):
    return {o.verdict.student: o.verdict for o in threads.grade_all(jobs, grade_job=grader)}


def test_each_submission_is_graded_once(threads, jobs):
    grader = Grader()
    assert sorted(verdicts(threads, jobs, grader)) == STUDENTS
    assert sorted(grader.seen) == STUDENTS


def test_no_more_jobs_are_held_than_keep_the_pool_busy(threads, jobs):
    taken = []

    def endless():
        for number in range(1000):
            taken.append(number)
            yield jobs[0]

    outcomes = threads.grade_all(endless(), grade_job=graded)
    for _ in range(10):
        next(outcomes)
    assert len(taken) <= 13


def test_one_that_ends_its_worker_twice_is_a_persons_and_the_others_are_graded(threads, jobs):
    grader = Grader(ben=2)
    found = verdicts(threads, jobs, grader)
    assert {student: str(verdict.state) for student, verdict in found.items()} == {
        "ada": "graded", "ben": "needs_review", "cleo": "graded",
    }  # fmt: skip
    assert found["ben"].reason == (
        "Grading it ended the grader's own process twice: look at the notebook, and grade it by hand. "
        "What else is known stands in the log of the system (`dmesg`)."
    )
    assert [test.grade_id for test in found["ben"].tests] == ["add-test", "double-test"]
    assert found["ben"].points == 0
    assert grader.seen[-1] == "ben"


def test_one_that_ends_its_worker_once_is_graded_after_all_others_and_alone(threads, jobs):
    grader = Grader(ada=1, ben=1)
    found = verdicts(threads, jobs, grader)
    assert {verdict.state for verdict in found.values()} == {SubmissionState.GRADED}
    assert sorted(grader.seen[:3]) == STUDENTS
    assert sorted(grader.seen[3:]) == ["ada", "ben"]


def test_an_error_of_the_course_is_raised(threads, jobs):
    def an_error(job):
        raise RuntimeError(f"no source for {job.student}")

    with pytest.raises(RuntimeError, match="no source for"):
        verdicts(threads, jobs, an_error)


def test_nobody_is_no_work(threads):
    assert verdicts(threads, [], graded) == {}


def test_submissions_are_graded_for_real_in_processes_of_their_own(course, exam, hand_in):
    for student in STUDENTS:
        hand_in(student)
    prepared = [prepare(course, exam, student) for student in STUDENTS]
    with local_pool(2) as workers:
        found = {outcome.verdict.student: outcome for outcome in workers.grade_all(prepared)}
        keeper = keeping.keepers.current().process
        assert keeper.poll() is None
    assert {name: (o.verdict.points, o.n_run) for name, o in found.items()} == dict.fromkeys(
        STUDENTS, (60, 2)
    )
    assert keeper.poll() is not None


@pytest.fixture(scope="module")
def keeper():
    """The keeper of this process, which is ended afterwards."""
    yield keeping.keepers.current()
    keeping.keepers.close()


SLEEPS = {"add": "import time\ntime.sleep(3)\ndef add(a, b):\n    return a + b"}


@pytest.mark.parametrize("killed", ["worker", "keeper"])
def test_a_process_that_is_killed_costs_a_retry_and_no_submission(
    course, exam, hand_in, threads, monkeypatch, killed
):
    hand_in("ada", SLEEPS)
    ask, victims = keeping._ask, []

    def ask_and_kill(connection, job):
        if not victims:
            keeper = keeping.keepers.current().process.pid
            wait([connection])
            victims.append(next(iter(children(keeper))) if killed == "worker" else keeper)
            os.kill(victims[0], signal.SIGKILL)
        return ask(connection, job)

    monkeypatch.setattr(keeping, "_ask", ask_and_kill)
    (outcome,) = threads.grade_all([prepare(course, exam, "ada")])
    keeping.keepers.close()
    assert victims
    assert outcome.verdict.points == 60


def children(process):
    """Return the workers of a keeper: the children that run its own program."""
    pids = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(pid) for pid in pids if b"examiner.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_a_worker_of_another_edition_refuses(exam, keeper):
    other = replace(exam, conditions=replace(exam.conditions, edition="another"))
    with pytest.raises(EditionError) as refusal:
        keeping.grade_job(Job(other, "ada", Files(), ""))
    assert str(refusal.value) == (
        "a worker has another version of the examiner or of its libraries than the computer that asks: "
        "use the same checkout and the same requirements.lock on both"
    )


def test_an_error_in_the_engine_comes_back_with_its_traceback(exam, keeper):
    broken = replace(exam, release="no notebook")
    with pytest.raises(RuntimeError, match=r"grading ada failed:\nTraceback"):
        keeping.grade_job(Job(broken, "ada", Files(), ""))


def test_a_worker_that_takes_longer_than_it_can_need_is_ended(exam, keeper, monkeypatch, course, hand_in):
    hand_in("ada", SLEEPS)
    monkeypatch.setattr(keeping, "_GRACE_SECONDS", 0.5 - exam.conditions.limits.total_seconds)
    with pytest.raises(WorkerDied):
        keeping.grade_job(prepare(course, exam, "ada"))
    while children(keeper.process.pid):
        pass


def test_no_submission_finds_what_the_tests_of_another_left(course, exam, hand_in, keeper):
    hand_in("ada")
    files = prepare(course, exam, "ada").files
    with_checks = "from neurocourse import checks"
    for line in ("checks.left = 1", "assert not hasattr(checks, 'left')"):
        changed = replace(exam, source=exam.source.replace(with_checks, f"{with_checks}\\n{line}"))
        assert keeping.grade_job(Job(changed, "ada", files, "")).verdict.points == 60


def test_a_sandbox_that_does_not_start_is_an_error_with_advice(exam, monkeypatch, tmp_path):
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'bwrap: no namespaces here' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    keeping.keepers.close()
    with pytest.raises(
        SandboxError, match=r"did not start: bwrap: no namespaces here.*Docker: --security-opt"
    ):
        keeping.grade_job(Job(exam, "ada", Files(), ""))
    keeping.keepers.close()


def test_a_scheduler_that_does_not_answer_is_named_with_what_to_do(monkeypatch):
    from examiner.errors import SchedulerError

    monkeypatch.setattr(pool, "_CONNECT_SECONDS", 0.5)
    with pytest.raises(SchedulerError) as refusal, pool.dask_pool("tcp://127.0.0.1:9"):
        pass
    assert str(refusal.value).startswith("no Dask scheduler answers at tcp://127.0.0.1:9 (")
    assert str(refusal.value).endswith(
        "). Start one with `dask scheduler`, and workers with "
        "`dask worker ADDRESS --nthreads 1 --nworkers auto`"
    )
