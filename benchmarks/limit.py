"""Shows how near grading comes to its limit: what the student's code and the tests take by themselves.

Run by `python -m benchmarks.limit`. For each tutorial, one warm process runs the cells and tests of the
solved notebook with nothing between them: no wall, no copy, no bounds. That is for trusted answers alone.
Then the same notebook is graded behind both walls. All of it has one processor. A third examination, in this
process with only the student's wall, tells where the difference goes.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import nbformat

from benchmarks import plain_run
from benchmarks.parts import Parts
from benchmarks.processor_time import ProcessorTime
from examiner.batch import examination_client
from examiner.batch.key import key_jobs
from examiner.batch.store import read_exam
from examiner.course.facts import read_course
from examiner.exam import examination, tasks
from examiner.exam.jobs import Task
from examiner.exam.preimports import needed_by_answers
from examiner.sandbox import nursery_client
from examiner.sandbox.bubblewrap import GRADING_ENVIRONMENT
from examiner.verdict import TestState

ROOT = Path(__file__).parents[1]
_PLAIN = "--without-walls"
HEADER = f"{'ms of processor (of the clock)':32}{'limit':>16}{'with walls':>16}{'ratio':>16}"


def main():
    """Print a row for each tutorial and one for all, each followed by where the difference goes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assignments", nargs="*", help="all of them if none is named")
    parser.add_argument("--rounds", type=int, default=5, help="of which the median counts")
    parser.add_argument("--brief", action="store_true", help="do not show where the difference goes")
    parser.add_argument(_PLAIN, action="store_true", dest="plain", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.update(GRADING_ENVIRONMENT)
    course = read_course(ROOT)
    chosen = [each for each in course.assignments if each.name in (options.assignments or [each.name])]
    if options.plain:
        print(json.dumps(_without_walls(_solved(course, chosen[0]), options.rounds)))
        return
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
    with closing(ProcessorTime()) as processor:
        if not processor.is_exact:
            print("This machine counts no events, so what other programs take is in the processor time.")
        print(HEADER, flush=True)
        rows = [_compared(_solved(course, each), processor, options) for each in chosen]
    if len(rows) > 1:
        _print_row(
            "all", *([sum(times) for times in zip(*way, strict=True)] for way in zip(*rows, strict=True))
        )


def _solved(course, assignment):
    """Return the job that grades a tutorial's solution."""
    return key_jobs(read_exam(course, assignment))[0]


def _compared(job, processor, options):
    """Print what is found of one tutorial, and return its limit and its time behind walls."""
    name = job.exam.assignment.name
    command = [sys.executable, "-W", "ignore", "-m", __spec__.name, name, _PLAIN, "--rounds"]
    ran = subprocess.run([*command, str(options.rounds)], check=True, stdout=subprocess.PIPE, cwd=ROOT)
    plain = json.loads(ran.stdout)
    limit = [sum(step[which] for step in plain.values()) for which in range(2)]
    try:
        walled = _behind_walls(job, (processor, time.perf_counter), options.rounds)
    finally:
        examination_client.clients.close()
    _print_row(name, limit, walled)
    if not options.brief:
        _print_parts(job, processor, plain, walled[0] - limit[0])
    return limit, walled


def _print_row(name, limit, walled):
    shown = [f"{1e3 * cpu:.0f} ({1e3 * wall:.0f})" for cpu, wall in (limit, walled)]
    shown.append(f"{walled[0] / limit[0]:.2f} ({walled[1] / limit[1]:.2f})")
    print(f"{name:32}" + "".join(f"{text:>16}" for text in shown), flush=True)


def _without_walls(job, rounds):
    """Return the median time of each step, in seconds of the processor and of the clock."""
    source, released = tasks.notebooks(job.exam)
    notebook = nbformat.reads(job.files.files[0].content.decode(), 4)
    steps = plain_run.steps(notebook, released, source)
    clocks = time.process_time, time.perf_counter
    found = [plain_run.run(steps, clocks) for _ in range(rounds + 1)][1:]  # the first imports what it needs
    return {
        f"{kind} {name}": [statistics.median(one[kind, name][which] for one in found) for which in range(2)]
        for kind, name, _ in steps
    }


def _behind_walls(job, clocks, rounds):
    """Return the median time of an examination as `make grade` makes it, by each of the clocks."""
    found = []
    for _ in range(rounds + 1):
        begun = [clock() for clock in clocks]
        outcome = examination_client.examine(job)
        found.append([clock() - before for clock, before in zip(clocks, begun, strict=True)])
        failed = [test.grade_id for test in outcome.verdict.tests if test.state is not TestState.PASSED]
        if failed:
            raise RuntimeError(f"the solution of {job.exam.assignment.name} does not pass {failed}")
    return [statistics.median(column) for column in zip(*found[1:], strict=True)]


def _print_parts(job, processor, plain, difference):
    """Examine in this process, in front of the student's wall alone, and print where its time goes."""
    _, released = tasks.notebooks(job.exam)
    tasks.get_ready(job.exam)
    with closing(nursery_client.NurseryClient()) as nursery:
        limits = job.exam.conditions.limits
        students = examination.students_of(nursery, limits, needed_by_answers(released))
        for _ in range(2):  # the second is warm
            with Parts(processor) as parts:
                tasks.examine(job.exam, Task(job.files, None, ""), students)
    for title, seconds, count in parts.beyond({name: step[0] for name, step in plain.items()}, difference):
        print(f"{1e3 * seconds:12.1f}  {title}" + (f" ({count})" if count else ""), flush=True)


if __name__ == "__main__":
    main()
