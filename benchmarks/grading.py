"""Grades the same class by plain nbgrader and by `make grade`, in one run.

Run by `make bench`. Plain nbgrader grades as its users run it: `nbgrader autograde` with nbgrader's own
settings, one notebook after the other, answers and tests in one kernel, no sandbox. It is run a second time
with the variable that makes the course's problems small, which `make grade` always sets. `make grade` runs
two jobs, sandbox on.
"""

import argparse
import sys

from benchmarks.classes import cost_of, course_copy, grade, hand_in_class

_PLAIN = """from pathlib import Path
c = get_config()
c.CourseDirectory.root = str(Path(__file__).parent)
c.CourseDirectory.course_id = "plain"
c.CourseDirectory.db_url = "sqlite:///" + str(Path(__file__).parent / "plain.db")
c.CourseDirectory.autograded_directory = "autograded_plain"
c.Execute.timeout = 120
c.Execute.extra_arguments = ["--log-level=40"]
"""
_TITLES = ("submissions", "nbgrader (s)", "quick (s)", "make grade (s)", "ratio", "to quick")
HEADER = f"{'assignment':22}" + "".join(f"{title:>16}" for title in _TITLES)


def main():
    """Print a row for each assignment and one for all, then processor time and memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=10, help="for each assignment")
    n_submissions = parser.parse_args().submissions
    print(HEADER, flush=True)
    rows = []
    with course_copy() as course:
        for assignment in course.assignments:
            hand_in_class(course, assignment, n_submissions)
            full = plain(course, assignment)
            quick = plain(course, assignment, NEUROCOURSE_QUICK="1")
            rows.append((full, quick, grade(course, assignment.name, "--jobs", "2")))
            _print_row(assignment.name, n_submissions, [cost.seconds for cost in rows[-1]])
        in_all = [sum(row[column].seconds for row in rows) for column in range(3)]
        _print_row("all", n_submissions * len(rows), in_all)
        _print_resources(rows)
        one = grade(course, "--anew", "--jobs", "1")
        two = grade(course, "--anew", "--jobs", "2")
        print(f"\nwhole course in one command: 1 job {one.seconds:.1f} s, 2 jobs {two.seconds:.1f} s")
        print(f"memory of one more job: {two.peak_mb - one.peak_mb:.0f} MB beyond shared pages")
        again = grade(course, "--jobs", "2")
        print(f"the same command again, nothing changed: {again.seconds:.1f} s")


def plain(course, assignment, **environment):
    """Return what plain nbgrader takes for an assignment."""
    (course.root / "plain").mkdir(exist_ok=True)
    config = course.root / "plain_config.py"
    config.write_text(_PLAIN, encoding="utf-8")
    nbgrader = [sys.executable, "-W", "ignore", "-m", "nbgrader"]
    settings = {"NEUROCOURSE_DATA": "simulated", **environment}
    path = f"{sys.prefix}/bin:/usr/bin:/bin"
    generate = ["generate_assignment", assignment.name, "--config", str(config), "--force"]
    cost_of(
        [*nbgrader, *generate, "--CourseDirectory.release_directory=release_plain"], course.root, PATH=path
    )
    autograde = ["autograde", assignment.name, "--config", str(config), "--force"]
    return cost_of([*nbgrader, *autograde], course.root, PATH=path, **settings)


def _print_row(name, n_submissions, seconds):
    full, quick, ours = seconds
    figures = f"{full:16.1f}{quick:16.1f}{ours:16.1f}{full / ours:16.1f}{quick / ours:16.1f}"
    print(f"{name:22}{n_submissions:16}{figures}", flush=True)


def _print_resources(rows):
    for title, column in (("nbgrader", 0), ("nbgrader, quick", 1), ("make grade", 2)):
        costs = [row[column] for row in rows]
        cpu, peak = sum(cost.cpu_seconds for cost in costs), max(cost.peak_mb for cost in costs)
        print(f"{title:16} {cpu:8.1f} s of processors, {peak:6.0f} MB at most")


if __name__ == "__main__":
    main()
