"""Shows where the time of one submission goes: the solution of a tutorial, graded in this process.

Run by `OMP_NUM_THREADS=1 python -m benchmarks.profile 02_poisson_glm`. The time of a part includes what waits
for the sandbox; a second run is shown, when imports and what all submissions have in common are known.
"""

import argparse
import functools
import os
import time
from collections import defaultdict
from contextlib import contextmanager

from benchmarks.classes import course_copy, hand_in_class
from examiner import exam, grading, notebook_run, sandbox
from examiner.bubblewrap import GRADING_ENVIRONMENT

_PARTS = [
    (grading, "read_submission", lambda *_: "read"),
    (grading, "repair", lambda *_: "repair"),
    (exam, "idle_cells", lambda *_: "select cells"),
    (notebook_run.NotebookRun, "_forked", lambda *_: "forks for cells (also below)"),
    (notebook_run.NotebookRun, "run", lambda _, cell: f"cell {cell.id}"),
    (notebook_run.NotebookRun, "attempt", lambda _, name, *__: f"test {name}"),
    (sandbox.Sandbox, "end", lambda *_: "sandbox ends"),
    (sandbox.Nursery, "_fork", lambda *_: "sandbox starts"),
]


def main():
    """Print the parts, longest first, then their sum and what is left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assignment")
    options = parser.parse_args()
    os.environ.update(GRADING_ENVIRONMENT)
    spent = defaultdict(float)
    for owner, name, title in _PARTS:
        setattr(owner, name, _timed(getattr(owner, name), title, spent))
    with course_copy() as course:
        assignment = course.assignment(options.assignment)
        hand_in_class(course, assignment, 1)
        common = grading.read_exam(course, assignment)
        grading.get_ready(common)
        for _ in range(2):
            spent.clear()
            job = grading.prepare(course, common, "student00000", anew=True)
            with _clock() as seconds:
                grading.examine(job)
    inner = {title: second for title, second in spent.items() if "also below" not in title}
    for title, second in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"{1000 * second:8.1f} ms  {title}")
    print(f"{1000 * (seconds[0] - sum(inner.values())):8.1f} ms  everything else")
    print(f"{1000 * seconds[0]:8.1f} ms  in all")


@contextmanager
def _clock():
    seconds, begun = [], time.perf_counter()
    yield seconds
    seconds.append(time.perf_counter() - begun)


def _timed(function, title, spent):
    @functools.wraps(function)
    def timed(*args, **kwargs):
        begun = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            spent[title(*args)] += time.perf_counter() - begun

    return timed


if __name__ == "__main__":
    main()
