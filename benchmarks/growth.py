"""Collects, grades, lists, reports, feeds back and returns classes of growing size.

Nothing may cost more for each than in a smaller class. `python -m benchmarks.growth` takes in and grades
10,000 submissions by default, of which those with the very same files are run once, and then runs every
command on the class, some a second time with nothing to do. Processor time is that of a command and of all
that it starts, whatever else the machine does.
`--simulated 100000` lets a graded class be a larger one instead: rows and files, and no grading.
`--dask 5` compares two Dask workers with two jobs so many times, each on a class in which no two are alike.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks.classes import ROOT, cost_of, course_copy, grade, hand_in_class, pack_as_moodle
from benchmarks.processor_time import ProcessorTime
from benchmarks.simulated_class import multiply_class, score_all

_GRADED_FIRST, _FIRST_FOR_DASK = 20, 4
# Dask looks at itself up to a hundred times a second, in each of its processes; docs/scale.md says so, too.
_QUIET = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__WORKER__MEMORY__MONITOR_INTERVAL": "1s",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__ADMIN__TICK__CYCLE": "10s",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
}
_COMMANDS = {
    "review": ("review",),
    "report": ("report",),
    "feedback, all new": ("feedback",),
    "return to csv": ("return", "csv"),
    "feedback again": ("feedback",),
}
_ROW = "{:>12}  {:22}{:>10}{:>14}{:>14}{:>12}"


def main():
    """Print a row for each size and command, then the efficiency of Dask workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assignment", default="02_poisson_glm")
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1000, 10_000], help="to be graded")
    parser.add_argument("--simulated", type=int, nargs="*", default=[], help="sizes that are not graded")
    parser.add_argument("--dask", type=int, default=0, help="how often to compare Dask with local jobs")
    parser.add_argument("--dask-size", type=int, default=100, help="submissions in each comparison")
    options = parser.parse_args()
    print(_ROW.format("submissions", "command", "seconds", "ms for each", "processor ms", "peak (MB)"))
    for size in options.sizes:
        with course_copy() as course:
            hand_in_class(course, course.assignment(options.assignment), size)
            _collect(course, course.assignment(options.assignment), size)
            for title in ("grade", "grade again"):
                _print_cost(size, title, grade(course, options.assignment, "--jobs", "2"))
            _run_commands(course, options.assignment, size)
    for size in options.simulated:
        with course_copy() as course:
            assignment = course.assignment(options.assignment)
            hand_in_class(course, assignment, min(size, _GRADED_FIRST))
            grade(course, assignment.name, "--jobs", "2")
            multiply_class(course, assignment, size)
            _run_commands(course, assignment.name, size)
    for _ in range(options.dask):
        _compare_dask(options.assignment, options.dask_size)


def _collect(course, assignment, size):
    """Take a class in as a zip file of Moodle's, and print what that costs."""
    with tempfile.TemporaryDirectory() as folder:
        packed = pack_as_moodle(course, assignment, Path(folder) / f"{assignment.name}.zip")
        for title in ("collect", "collect again"):
            _print_cost(size, title, _cost_of(course, "collect", str(packed), assignment.name))


def _run_commands(course, assignment, size):
    """Print what each command costs on a class that is graded, by tests and by a person."""
    score_all(course)
    for title, (command, *arguments) in _COMMANDS.items():
        _print_cost(size, title, _cost_of(course, command, assignment, *arguments))
    student = min(path.name for path in (course.root / "autograded").iterdir())
    _print_cost(size, "explain one", _cost_of(course, "explain", student, assignment))


def _cost_of(course, *words):
    return cost_of([sys.executable, "-m", "examiner", *words], course.root)


def _print_cost(size, title, cost):
    each = f"{1e3 * cost.seconds / size:.2f}", f"{1e3 * cost.cpu_seconds / size:.2f}"
    print(_ROW.format(size, title, f"{cost.seconds:.1f}", *each, f"{cost.peak_mb:.0f}"), flush=True)


def _compare_dask(name, size):
    """Print how many submissions two Dask workers grade in the time in which two jobs grade as many.

    Processor time is that of scheduler, workers and command together. It says the same on a busy machine.
    """
    with closing(ProcessorTime()) as processors, dask_cluster() as address:
        _graded(name, _FIRST_FOR_DASK, processors, "--scheduler", address)  # starts the workers' nurseries
        cluster = _graded(name, size, processors, "--scheduler", address)
    with closing(ProcessorTime()) as processors:
        local = _graded(name, size, processors, "--jobs", "2")
    print(
        f"{size} by two jobs {local.seconds:.1f} s, by two Dask workers {cluster.seconds:.1f} s: "
        f"efficiency {local.seconds / cluster.seconds:.0%}; "
        f"of processors {local.cpu_seconds:.1f} s and {cluster.cpu_seconds:.1f} s: "
        f"efficiency {local.cpu_seconds / cluster.cpu_seconds:.0%}",
        flush=True,
    )


def _graded(name, size, processors, *how):
    """Return what it takes to grade a class of which no two are alike."""
    with course_copy() as course:
        hand_in_class(course, course.assignment(name), size, alike=False)
        begun = processors()
        cost = grade(course, name, *how)
        return replace(cost, cpu_seconds=processors() - begun)


@contextmanager
def dask_cluster():
    """Give the address of a scheduler with two workers on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scheduler.json"
        dask = [sys.executable, "-m", "dask"]
        where = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file)]
        quiet = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        quiet["env"] = {**os.environ, "PYTHONPATH": str(ROOT), **_QUIET}
        scheduler = subprocess.Popen([*dask, "scheduler", "--port", "0", *where], **quiet)
        workers = subprocess.Popen([*dask, "worker", "--nworkers", "2", "--nthreads", "1", *where], **quiet)
        try:
            while not file.exists():
                time.sleep(0.1)
            from distributed import Client

            with Client(scheduler_file=str(file), timeout=60) as client:
                client.wait_for_workers(2, timeout=60)
                address = client.scheduler.address
            yield address
        finally:
            for process in (workers, scheduler):
                process.terminate()
                process.wait()


if __name__ == "__main__":
    main()
