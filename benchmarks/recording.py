"""Records synthetic verdicts on a large class: cost and memory per verdict must not grow.

The real writer records into a fresh gradebook, SQLite or an empty PostgreSQL database. Run it by
`python -m benchmarks.recording [N] [--url postgresql://USER@HOST/DATABASE]`.
"""

import argparse
import os
import random
import shutil
import tempfile
import time
from pathlib import Path

from examiner import cells, exam
from examiner.course import read_course
from examiner.recording import open_writer
from examiner.release import release
from examiner.sandbox import environment
from examiner.verdict import SubmissionState, TestState, Verdict, WrittenAnswer

ROOT = Path(__file__).parents[1]
ASSIGNMENT = "02_poisson_glm"
STATES = (TestState.PASSED, TestState.PASSED, TestState.PASSED, TestState.FAILED, TestState.ERROR)


def main():
    """Print a row after each tenth, then how the last tenth compares with the first."""
    options = _options()
    with (
        tempfile.TemporaryDirectory() as folder,
        environment(GRADEBOOK_URL=options.url),
    ):
        course = _copied_course(Path(folder) / "course")
        assignment = course.assignment(ASSIGNMENT)
        release(course, assignment)
        rows = list(_record(course, assignment, options.verdicts))
    for name, column in (("wall time", 1), ("processor time", 2), ("memory", 3)):
        print(f"{name}, last tenth to first: {rows[-1][column] / rows[0][column]:.2f}")
