"""Grades a class three times, twice on a busy machine: verdicts and notebooks must be the same to a byte.

Run by `python -m benchmarks.determinism [ASSIGNMENT …]`. Of each tutorial the same 16 submissions are graded
anew three times. The second time a program computes on each processor beside it, the third time eight do. The
exit status is 1 if anything differs.
"""

import argparse
import contextlib
import subprocess
import sys

from benchmarks.classes import course_copy, grade, hand_in_class

N_STUDENTS = 16
_BUSY = "while True: pass"
_LOADS = (0, 2, 8)


def main():
    """Print a line for each tutorial; return 1 if one of its runs came out otherwise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.determinism")
    parser.add_argument("assignments", nargs="*", help="all of them if none is named")
    parser.add_argument("--students", type=int, default=N_STUDENTS)
    options = parser.parse_args()
    n_different = 0
    with course_copy() as course:
        for assignment in course.assignments:
            if not options.assignments or assignment.name in options.assignments:
                hand_in_class(course, assignment, options.students, alike=False)
                different = _different(course, assignment)
                n_different += len(different)
                told = (
                    f"{assignment.name}: {options.students} graded three times, {len(different)} files differ"
                )
                print(told, *different[:3], flush=True)
    return 1 if n_different else 0


def _different(course, assignment):
    """Return the files that were not the same in all runs, each graded anew under another load."""
    runs = []
    for load in _LOADS:
        with _busy(load):
            grade(course, assignment.name, "--anew", "--log")
        folder = course.root / "autograded"
        files = folder.glob(f"*/{assignment.name}/*")
        runs.append({str(path.relative_to(folder)): path.read_bytes() for path in files})
    names = sorted(set().union(*runs))
    return [name for name in names if len({run.get(name) for run in runs}) > 1]


@contextlib.contextmanager
def _busy(n_programs):
    """Let so many programs compute, without end, for a block."""
    programs = [subprocess.Popen([sys.executable, "-c", _BUSY]) for _ in range(n_programs)]
    try:
        yield
    finally:
        for program in programs:
            program.kill()
            program.wait()


if __name__ == "__main__":
    sys.exit(main())
