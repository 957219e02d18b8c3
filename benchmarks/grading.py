"""Times the grading of solved notebooks against plain nbgrader, and one call of a test, in one run.

Run by `make bench`. Plain nbgrader grades as its users run it: one kernel for answers and tests, no sandbox.
Here, too, one notebook is graded after the other: engines are compared, not numbers of cores.
"""

import shutil
import statistics
import tempfile
import time
from pathlib import Path

import nbformat
import numpy as np
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory

from examiner import grading, sandbox
from examiner.converters import load_config, nbgrader_at_ease
from examiner.course import read_course
from examiner.release import release, solution
from examiner.remote import Session, Student

ROOT = Path(__file__).parents[1]
N_CALLS = 300
N_RUNS = 3


def main():
    """Print a row for each assignment, then the latency of calls and forks."""
    print(f"{'assignment':24}{'nbgrader (s)':>14}{'sandboxed (s)':>15}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as folder:
        course = _copied_course(Path(folder) / "course")
        for assignment in course.assignments:
            release(course, assignment)
            handed_in = course.path("submitted", assignment, "ada")
            handed_in.mkdir(parents=True)
            nbformat.write(solution(course, assignment), handed_in / assignment.filename)
            plain, ours = [], []
            for _ in range(N_RUNS):
                plain.append(_seconds(_plain_nbgrader, course, assignment))
                ours.append(_seconds(grading.grade, course, assignment, "ada", anew=True))
            row = statistics.median(plain), statistics.median(ours)
            print(f"{assignment.name:24}{row[0]:14.1f}{row[1]:15.1f}{row[0] / row[1]:8.1f}", flush=True)
    _print_latencies(course)


def _copied_course(root):
    root.mkdir()
    for name in ("course.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root)
    shutil.copytree(ROOT / "source", root / "source")
    return read_course(root)


def _plain_nbgrader(course, assignment):
    """Grade by nbgrader's own steps, whatever the course's settings put in their places."""
    config = load_config(course)
    for step in ("sanitize_preprocessors", "autograde_preprocessors"):
        del config.Autograde[step]
    config.Execute.extra_arguments = ["--log-level=40"]
    config.Execute.timeout = course.limits.cell_seconds
    directory = CourseDirectory(config=config, assignment_id=assignment.name, student_id="ada")
    with nbgrader_at_ease():
        Autograde(coursedir=directory, config=config, force=True).start()


def _seconds(function, *args, **kwargs):
    begin = time.perf_counter()
    function(*args, **kwargs)
    return time.perf_counter() - begin


def _print_latencies(course):
    source = "import numpy as np\ndef twice(x):\n    return 2 * x"
    with sandbox.start(course.limits) as box:
        student = Student(box.wire)
        student.run(source, 30)
        fork = statistics.median(_seconds(_fork_and_end, student) for _ in range(30))
        session = Session(*student.fork(), seconds=30)
        twice = session.names(["twice"])["twice"]
        for n_numbers in (1, 1_000, 100_000):
            x = np.ones(n_numbers)
            call = statistics.median(_seconds(twice, x) for _ in range(N_CALLS))
            print(f"a call with {n_numbers} numbers: {1e3 * call:.2f} ms")
        session.end()
    start = statistics.median(_seconds(_start_and_end, course.limits) for _ in range(5))
    print(f"a fork and its end: {1e3 * fork:.1f} ms; a sandbox from start to end: {1e3 * start:.0f} ms")


def _fork_and_end(student):
    Session(*student.fork(), seconds=30).end()


def _start_and_end(limits):
    with sandbox.start(limits):
        pass


if __name__ == "__main__":
    main()
