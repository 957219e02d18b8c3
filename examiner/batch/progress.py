"""Tells about a batch while it runs: a bar for a person, or a log of JSON lines for a program."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from tqdm import tqdm

from examiner.batch.run import Change, Graded, Listener
from examiner.verdict import SubmissionState
from examiner.wording import counted, number, say, table

_MAX_ROWS = 200


@contextmanager
def show_bar(title: str, n_submissions: int) -> Iterator[Listener]:
    """Give a listener that moves a bar with count, rate, time left, and what did not go well so far."""
    troubles: Counter[str] = Counter()
    with tqdm(total=n_submissions, desc=title, unit="notebook") as bar:

        def tell(graded: Graded) -> None:
            if graded.verdict.state is not SubmissionState.GRADED:
                troubles[graded.verdict.state.replace("_", " ")] += 1
                bar.set_postfix(troubles, refresh=False)
            bar.update()

        yield tell


def write_log(stream: TextIO) -> Listener:
    """Return a listener that writes a line of JSON for each submission."""

    def tell(graded: Graded) -> None:
        verdict = graded.verdict
        entry = {
            "assignment": verdict.assignment,
            "student": verdict.student,
            "state": verdict.state,
            "points": verdict.points,
            "bonus": verdict.bonus,
            "new": graded.is_new,
            "tests_run": graded.n_run,
            "seconds": round(graded.seconds, 3),
        }
        if verdict.reason:
            entry["reason"] = verdict.reason
        say(json.dumps(entry), stream=stream)

    return tell


def change_table(changes: Sequence[Change]) -> str:
    """Return a table of the students whose points have changed, and by how much."""
    students = len({change.student for change in changes})
    rows = [("student", "exercise", "before", "after", "change")]
    for change in sorted(changes, key=lambda change: (change.student, change.exercise))[:_MAX_ROWS]:
        difference = change.after - change.before
        sign = "+" if difference > 0 else ""
        points = (number(change.before), number(change.after), f"{sign}{number(difference)}")
        rows.append((change.student, change.exercise, *points))
    more = len(changes) - _MAX_ROWS
    title = f"Points of {counted(students, 'student')} have changed:"
    return "\n".join([title, table(rows), *([f"… and {more} more"] if more > 0 else [])])
