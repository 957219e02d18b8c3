"""Many submissions: each ends with an outcome, also one that ends the worker that grades it."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from examiner import pool, worker
from examiner.errors import EditionError, WorkerDied
from examiner.grading import Exam, Job, Outcome, prepare, read_exam
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
        hand_in(student, {"add": "import os\ndef add(a, b):\n    return a + b"})
    prepared = [prepare(course, exam, student) for student in STUDENTS]
    with local_pool(2) as workers:
        found = {outcome.verdict.student: outcome for outcome in workers.grade_all(prepared)}
        alive = [one.process for one in worker._alive]
        assert 1 <= len(alive) <= 2
    assert {name: (o.verdict.points, o.n_run) for name, o in found.items()} == dict.fromkeys(
        STUDENTS, (60, 2)
    )
    assert [process.poll() is None for process in alive] == [False] * len(alive)


def test_a_worker_that_is_killed_costs_a_retry_and_no_submission(course, exam, hand_in):
    hand_in("ada", {"add": "import time\nstarted = True\ntime.sleep(1)\ndef add(a, b):\n    return a + b"})
    job = prepare(course, exam, "ada")
    with local_pool(1) as workers:
        outcomes = workers.grade_all([job], grade_job=killed_the_first_time())
        (outcome,) = outcomes
    assert outcome.verdict.points == 60


def killed_the_first_time():
    """Return what grades in this thread's worker and, the first time, kills it while it does."""
    killed = []

    def grade(job):
        if not killed:
            killed.append(worker.Worker())
            worker._own.worker = killed[0]
            threading.Timer(0.5, os.killpg, (killed[0].process.pid, signal.SIGKILL)).start()
        return worker.grade_job(job)

    return grade


def test_a_worker_of_another_edition_refuses(exam):
    other = Exam(exam.assignment, exam.source, exam.release, conditions_of_another_edition(exam))
    one = worker.Worker()
    with pytest.raises(EditionError) as refusal:
        one.grade(Job(other, "ada", Files(), ""))
    one.close()
    assert str(refusal.value) == (
        "a worker has another version of the examiner or of its libraries than the computer that asks: "
        "use the same checkout and the same requirements.lock on both"
    )


def conditions_of_another_edition(exam):
    from dataclasses import replace

    return replace(exam.conditions, edition="another")


def test_an_error_in_the_engine_comes_back_with_its_traceback(exam):
    one = worker.Worker()
    broken = Exam(exam.assignment, "no notebook", exam.release, exam.conditions)
    with pytest.raises(RuntimeError, match=r"grading ada failed:\nTraceback"):
        one.grade(Job(broken, "ada", Files(), ""))
    one.close()


def test_a_worker_that_takes_longer_than_it_can_need_is_ended(exam, monkeypatch):
    monkeypatch.setattr(worker, "_GRACE_SECONDS", -exam.conditions.limits.total_seconds)
    one = worker.Worker()
    with pytest.raises(WorkerDied):
        one.grade(Job(exam, "ada", Files(), ""))
    assert one.process.poll() is not None


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
