"""Shows where the time of one submission goes: the solution of a tutorial, and what each wall costs.

Run by `OMP_NUM_THREADS=1 python -m benchmarks.profile 02_poisson_glm`. First it is examined in this
process, in front of the students' wall alone, with the time of each part; a part's time includes what waits
for the student process. Then it is graded as `make grade` does, behind both walls, with the time that goes
into them. A second run of each is shown, when imports and what all submissions have in common are known.
"""

import argparse
import functools
import os
import time
from collections import defaultdict
from contextlib import closing, contextmanager

from benchmarks.classes import course_copy, hand_in_class
from examiner import exam, examination_client, examining, grading, notebook_run, sandbox
from examiner.bubblewrap import GRADING_ENVIRONMENT
from examiner.imports import needed_by_answers
from examiner.jobs import Task

_PARTS = [
    (examining, "read_submission", lambda *_: "read"),
    (examining, "repair", lambda *_: "repair"),
    (exam, "idle_cells", lambda *_: "select cells"),
    (notebook_run.NotebookRun, "_forked", lambda *_: "forks for cells (also below)"),
    (notebook_run.NotebookRun, "run", lambda _, cell: f"cell {cell.id}"),
    (notebook_run.NotebookRun, "attempt", lambda _, name, *__: f"test {name}"),
]
_WALLS = [
    (sandbox.NurseryProcess, "_fork", lambda nursery, _: f"a process of the {nursery.ring.value} starts"),
    (sandbox.Sandbox, "end", lambda *_: "sandboxes end"),
    (examination_client, "pack_task", lambda *_: "the task is packed"),
    (examination_client, "unpack_outcome", lambda *_: "the outcome is read"),
    (examination_client, "checked", lambda *_: "the outcome is checked"),
]


def main():
    """Print the parts, longest first, then their sum and what is left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assignment")
    options = parser.parse_args()
    os.environ.update(GRADING_ENVIRONMENT)
    spent = defaultdict(float)
    for owner, name, title in [*_PARTS, *_WALLS]:
        setattr(owner, name, _timed(getattr(owner, name), title, spent))
    with course_copy() as course:
        assignment = course.assignment(options.assignment)
        hand_in_class(course, assignment, 1)
        common = grading.read_exam(course, assignment)
        job = grading.prepare(course, common, "student00000", anew=True)
        _, released = examining.notebooks(common)
        examining.get_ready(common)
        with closing(sandbox.NurseryProcess()) as nursery:
            students = exam.students_of(nursery, course.limits, needed_by_answers(released))
            task = Task(job.files, None, "")
            _show("in this process", spent, lambda: examining.examine(common, task, students))
        _show("behind both walls", spent, lambda: examination_client.examine(job))
        examination_client.clients.close()


def _show(title, spent, examine):
    """Print what the second of two examinations took, part by part."""
    for _ in range(2):
        spent.clear()
        with _clock() as seconds:
            examine()
    print(f"{title}:")
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
