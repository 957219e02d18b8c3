"""Times how long commands take to start: where nothing is to be graded, up to a first result, and others.

Run by `python -m benchmarks.start`. It shows the smallest of several runs: other programs only add to it.
`--path` names another checkout, to compare both in one run.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.classes import ROOT, course_copy, hand_in_class

_ASSIGNMENT = "02_poisson_glm"
_COMMANDS = {
    "grade, nothing to do": ["grade", _ASSIGNMENT],
    "report": ["report", _ASSIGNMENT],
    "review": ["review", _ASSIGNMENT],
    "explain": ["explain", "student00000", _ASSIGNMENT],
    "--help": ["--help"],
}


def main():
    """Print a row for each command, with a pair of columns for each checkout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--path", type=Path, nargs="*", default=[], help="other checkouts, with a .venv")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    places = [ROOT, *options.path]
    print(f"{'seconds (of processor)':32}" + "".join(f"{place.name:>20}" for place in places))
    with course_copy() as course:
        hand_in_class(course, course.assignment(_ASSIGNMENT), 5)
        told = {"first result": ["grade", _ASSIGNMENT, "--log", "--anew"], **_COMMANDS}
        for title, command in told.items():
            best = [_best(place, course.root, command, options.runs) for place in places]
            print(f"{title:32}" + "".join(f"{wall:11.2f} ({own:5.2f})" for wall, own in best), flush=True)


def _best(place, folder, command, runs):
    """Return the least of several runs, the first of which may have more to do."""
    shutil.copy(place / "nbgrader_config.py", folder)
    return min(_run(place, folder, command) for _ in range(runs))


def _run(place, folder, command):
    """Return the seconds until a command ends, or has told of the first submission, and those it computed."""
    words = [str(place / ".venv" / "bin" / "python"), "-m", "examiner", *command]
    settings = {**os.environ, "PYTHONPATH": str(place)}
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(
        words, cwd=folder, env=settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        process.stdout.readline()
        seconds = time.perf_counter() - begun
        process.stdout.read()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        sys.exit(f"{' '.join(words)} ended with {process.returncode}")
    own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (seconds if "--log" in command else time.perf_counter() - begun), own


if __name__ == "__main__":
    main()
