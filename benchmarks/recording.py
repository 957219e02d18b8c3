"""Records synthetic verdicts on a large class: neither time nor memory per verdict may grow with it.

The real writer records them into a fresh gradebook: SQLite, or an empty PostgreSQL database. Run it by
`python -m benchmarks.recording [N] [--url postgresql://USER@HOST/DATABASE]`.
"""

import argparse
import os
import random
import shutil
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np

from examiner import cells, exam, schema, timestamps
from examiner.course import read_course
from examiner.database import connect
from examiner.demo import put_into_the_past
from examiner.recording import open_writer
from examiner.release import release
from examiner.sandbox import environment
from examiner.verdict import SubmissionState, TestState, Verdict, WrittenAnswer

ROOT = Path(__file__).parents[1]
ASSIGNMENT = "03_logistic_decoding"
N_VERDICTS = 100_000
N_PARTS = 10
STATES = [TestState.PASSED] * 3 + [TestState.FAILED, TestState.ERROR]


def main():
    """Print a row after each tenth of the class, then how the last one compares with the first."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recording")
    parser.add_argument("verdicts", nargs="?", type=int, default=N_VERDICTS)
    parser.add_argument("--url", default="", help="an empty PostgreSQL database instead of SQLite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, environment(GRADEBOOK_URL=options.url):
        course = _copied_course(Path(folder) / "course")
        assignment = course.assignment(ASSIGNMENT)
        release(course, assignment)
        with connect(course) as connection:
            layout = schema.read_layout(connection, assignment)
        print(f"{len(layout.graded)} graded cells, {len(layout.commented)} with comments")
        _record_class(course, assignment, options.verdicts)


def _copied_course(root):
    root.mkdir()
    for name in ("course.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root)
    shutil.copytree(ROOT / "source", root / "source")
    put_into_the_past(root / "course.toml")
    return read_course(root)


def _record_class(course, assignment, n_verdicts):
    blank = _blank_verdict(course, assignment)
    print(f"{'verdicts':>10}{'ms each':>10}{'median':>10}{'of processor':>14}{'resident MB':>13}")
    rows = []
    with open_writer(course) as writer:
        for part in range(N_PARTS):
            students = [f"student{number:06}" for number in range(part, n_verdicts, N_PARTS)]
            spent = []
            for student in students:
                verdict = _hand_in(course, blank, student)
                begin = time.perf_counter(), time.process_time()
                writer.record(assignment, verdict)
                spent.append((time.perf_counter() - begin[0], time.process_time() - begin[1]))
            wall, processor = (1e3 * np.array(seconds) for seconds in zip(*spent, strict=True))
            rows.append((wall.mean(), np.median(wall), processor.mean(), _resident_mb()))
            told = "{:10.2f}{:10.2f}{:14.2f}{:13.1f}".format(*rows[-1])
            print(f"{n_verdicts * (part + 1) // N_PARTS:10}{told}", flush=True)
            shutil.rmtree(course.root / "submitted")
    ratios = [last / first for first, last in zip(rows[0], rows[-1], strict=True)]
    print("last to first:{:6.2f}{:10.2f}{:14.2f}{:13.2f}".format(*ratios))


def _blank_verdict(course, assignment):
    source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    written = [
        WrittenAnswer(cells.grade_id(cell), True, "")
        for cell in source.cells
        if cells.is_solution(cell) and cell.cell_type == "markdown"
    ]
    tests = exam.exam_tests(source)
    return Verdict("", assignment.name, SubmissionState.GRADED, tests=tests, written=tuple(written))


def _hand_in(course, blank, student):
    """Return a verdict with results of its own, on a submission that may be some days late."""
    chance = random.Random(student)
    folder = course.root / "submitted" / student / blank.assignment
    folder.mkdir(parents=True)
    due = course.assignment(blank.assignment).due
    timestamps.write_time(folder, due + timedelta(days=chance.uniform(-3, 3)))
    return replace(
        blank,
        student=student,
        tests=tuple(replace(test, state=chance.choice(STATES)) for test in blank.tests),
        written=tuple(replace(answer, digest=f"{chance.getrandbits(64):016x}") for answer in blank.written),
    )


def _resident_mb():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
