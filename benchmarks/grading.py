"""Grades the same class by plain nbgrader and by `make grade`, in one run.

Run by `make bench`. Plain nbgrader grades as its users run it: `nbgrader autograde` with nbgrader's own
settings, one notebook after the other, answers and tests in one kernel, no sandbox. It is run a second time
with the variable that makes the course's problems small, which `make grade` always sets. `make grade` runs
two jobs, sandbox on.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat

from benchmarks.classes import cost_of, course_copy, grade, hand_in_class
from examiner.notebook import cells

_PLAIN = """c = get_config()
c.CourseDirectory.course_id = "plain"
c.ExecutePreprocessor.timeout = 120
"""
_MEMORY_RUNS = 5
HEADER = f"{'seconds each':22}{'nbgrader':>16}{'quick':>16}{'make grade':>16}{'ratio':>10}{'to quick':>10}"


def main():
    """Print a row for each assignment and one for all, then processor time, memory and regrades."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=20, help="for each assignment")
    number = parser.parse_args().submissions
    print(HEADER, flush=True)
    rows = []
    with course_copy() as course:
        for assignment in course.assignments:
            hand_in_class(course, assignment, number, alike=False)
            full, quick = plain(course, assignment), plain(course, assignment, NEUROCOURSE_QUICK="1")
            rows.append((full, quick, grade(course, assignment.name, "--jobs", "2")))
            _print_row(assignment.name, rows[-1:], number)
        _print_row("all", rows, number)
        _print_resources(rows, number)
        _print_memory(course)
        _print_regrades(course, course.assignments[1], number)


def _print_memory(course):
    """Print what a second job adds to the most memory: the median, as looks at it hit a peak or miss it."""
    runs = [
        [grade(course, "05_deep_networks", "--anew", "--jobs", jobs).peak_mb for jobs in ("1", "2")]
        for _ in range(_MEMORY_RUNS)
    ]
    one, two = map(statistics.median, zip(*runs, strict=True))
    more = ", ".join(f"{second - first:.0f}" for first, second in runs)
    print(f"memory of one more job: {two - one:.0f} MB beyond shared pages (by run: {more})")


def _print_regrades(course, assignment, number):
    """Print what it takes to grade again: everything, nothing, and what a change to one test touches."""
    anew = grade(course, assignment.name, "--anew", "--jobs", "2").seconds
    print(f"{assignment.name}, {number} submissions, all graded anew: {anew:.1f} s")
    path = course.path("source", assignment) / assignment.filename
    for what in ("nothing changed", "one test changed"):
        if what == "one test changed":
            source = cells.read_notebook(path)
            next(filter(cells.is_test, source.cells)).source += "\n# changed"
            nbformat.write(source, path)
        seconds = grade(course, assignment.name, "--jobs", "2").seconds
        print(f"{what}: {seconds:.1f} s, {1 - seconds / anew:.0%} saved")


def plain(course, assignment, **environment):
    """Return what plain nbgrader takes for an assignment, in a folder that holds nothing of the examiner."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "nbgrader_config.py").write_text(_PLAIN, encoding="utf-8")
        for step in ("source", "submitted"):
            shutil.copytree(course.root / step, Path(folder) / step)
        nbgrader = [sys.executable, "-W", "ignore", "-m", "nbgrader"]
        path = f"{sys.prefix}/bin:/usr/bin:/bin"
        cost_of([*nbgrader, "generate_assignment", assignment.name], folder, PATH=path)
        settings = {"NEUROCOURSE_DATA": "simulated", **environment}
        cost = cost_of([*nbgrader, "autograde", assignment.name], folder, PATH=path, **settings)
        graded = len(list(Path(folder).glob(f"autograded/*/{assignment.name}/*.ipynb")))
    if graded != len(list((course.root / "submitted").glob(f"*/{assignment.name}"))):
        raise RuntimeError(f"plain nbgrader graded {graded} submissions of {assignment.name}")
    return cost


def _print_row(name, rows, number):
    full, quick, ours = (sum(row[way].seconds for row in rows) / (number * len(rows)) for way in range(3))
    figures = f"{full:16.2f}{quick:16.2f}{ours:16.2f}{full / ours:10.1f}{quick / ours:10.1f}"
    print(f"{name:22}{figures}", flush=True)


def _print_resources(rows, number):
    for way, title in enumerate(("nbgrader", "nbgrader, quick", "make grade")):
        costs = [row[way] for row in rows]
        cpu = sum(cost.cpu_seconds for cost in costs) / (number * len(rows))
        peak = max(cost.peak_mb for cost in costs)
        print(f"{title:16} {cpu:6.2f} s of processors for a submission, {peak:6.0f} MB at most")


if __name__ == "__main__":
    main()
