"""A Dask cluster on loopback: a scheduler and two workers, each a process of its own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import examiner
from examiner.grading import grade, prepare, read_exam
from examiner.keeper import grade_job
from examiner.pool import dask_pool

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
def jobs(course, assignment, hand_in):
    for number, student in enumerate(STUDENTS):
        hand_in(student, WRONG if number % 2 else None)
    exam = read_exam(course, assignment)
    return [prepare(course, exam, student) for student in STUDENTS]


def test_a_cluster_gives_the_verdicts_of_this_machine(course, assignment, jobs, address):
    with dask_pool(address) as cluster:
        assert cluster.at_once == 4
        found = {outcome.verdict.student: outcome.verdict for outcome in cluster.grade_all(jobs)}
    assert found == {student: grade(course, assignment, student)[0] for student in STUDENTS}


def grade_or_kill_the_worker(job):
    """Grade, but end the process of the Dask worker that is given a marked submission."""
    if job.student == "student0":
        os.kill(os.getpid(), signal.SIGKILL)
    return grade_job(job)


def test_a_submission_that_ends_every_worker_is_a_persons_and_costs_no_other(jobs, address):
    with dask_pool(address) as cluster:
        found = {
            outcome.verdict.student: outcome.verdict
            for outcome in cluster.grade_all(jobs[:4], grade_job=grade_or_kill_the_worker)
        }
    assert {student: str(verdict.state) for student, verdict in found.items()} == {
        "student0": "needs_review", "student1": "graded", "student2": "graded", "student3": "graded",
    }  # fmt: skip
    assert "ended the grader's own process twice" in found["student0"].reason
