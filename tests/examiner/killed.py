"""Kills a batch at random points, then runs it to its end: `python -m tests.examiner.killed COURSE N_KILLS`.

Submissions are examined once, for real; the batches that are killed take those outcomes, so that what they do
is what a kill could break: reading, keeping, recording. A point is a call of any function, in Python or in C.
Each batch goes on where those before it were ended; when all is done, it begins anew. It is a program of its
own because it forks.
"""

import os
import random
import shutil
import signal
import sys
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from examiner import batch, timestamps
from examiner.batch import Request, grade_batch
from examiner.course import read_course
from examiner.examination_client import clients, examine
from examiner.grading import prepare, read_exam
from examiner.key import key_jobs
from examiner.pool import Pool


class Repeating(Executor):
    """Gives for each job the outcome that it had before."""

    def __init__(self, outcomes):
        self.outcomes = outcomes

    def submit(self, function, job):
        future = Future()
        future.set_result(self.outcomes[job.student])
        return future


def main(folder, n_kills):
    """Print for each kill how many verdicts there are."""
    timestamps.now = lambda: datetime(2027, 7, 1, tzinfo=UTC)  # as in the tests' own process
    course = read_course(Path(folder))
    (assignment,) = course.assignments
    exam = read_exam(course, assignment)
    students = batch.students_of(course, assignment)
    jobs = [*key_jobs(exam), *(prepare(course, exam, student) for student in students)]
    executor = Repeating({job.student: examine(job) for job in jobs})
    clients.close()
    copy = replace(course, root=Path(shutil.copytree(folder, f"{folder}-copy")))
    shutil.copytree(folder, f"{folder}-untouched")
    n_opening, n_calls = run(copy, executor, sys.maxsize)
    rng = random.Random(0)
    for number in range(n_kills):
        in_records = rng.randrange(n_opening, n_calls)
        killed = not run(course, executor, in_records if number % 4 else rng.randrange(n_opening))
        n_verdicts = len(list(course.root.glob("autograded/*/*/verdict.json")))
        print(killed, n_verdicts, flush=True)
        if n_verdicts == len(students):  # what is known takes few calls: begin anew
            shutil.rmtree(folder)
            shutil.copytree(f"{folder}-untouched", folder)
    run(course, executor, sys.maxsize)


def run(course, executor, last_call):
    """Run a batch in a fork that kills itself at this call.

    Return the number of calls until the first submission and in all, or nothing if it was killed.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        n_opening = n_calls = 0

        def count(frame, event, argument):
            nonlocal n_opening, n_calls
            n_calls += 1
            if not n_opening and frame.f_code.co_name == "prepare":
                n_opening = n_calls
            if n_calls == last_call:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.setprofile(count)
            grade_batch(course, course.assignments[0], Request(), Pool(executor, 1), lambda graded: None)
            sys.setprofile(None)
            os.write(writing, f"{n_opening} {n_calls}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        counts = [int(count) for count in told.read().split()]
    os.waitpid(child, 0)
    return counts


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
