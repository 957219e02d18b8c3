"""Lists what no assignment's list shows: work in odd places, and grades of work that is not there."""

from __future__ import annotations

from collections.abc import Sequence

from examiner.course.entries import did_you_mean, nearest
from examiner.course.extensions import read_extensions
from examiner.course.facts import Course
from examiner.course.submissions import students
from examiner.gradebook import scores
from examiner.gradebook.leaving import orphans
from examiner.intake.strays import strays
from examiner.wording import printable

_SHOWN = 40


def elsewhere(course: Course) -> str:
    """Name what lies in `submitted/` where nobody looks for it, and grades whose work is not there."""
    known = {assignment.name for assignment in course.assignments}
    gone = orphans(course)
    lost = [f"submitted/{work}" for work in gone if work.assignment in known]
    unknown = [f"{work.student}: {work.assignment}" for work in gone if work.assignment not in known]
    parts = [
        _listed("Extensions of students that nobody knows (yet); see extensions.csv", _unknown(course)),
        _listed("Not graded, because it lies where no submission is expected", strays(course)),
        _listed("Graded, but not in submitted/ any more; `make remove ORPHANS=yes` takes it out", lost),
        _listed("Graded for an assignment that course.toml does not list (renamed, or dropped)", unknown),
    ]
    return "\n".join(filter(None, parts))


def _unknown(course: Course) -> list[str]:
    """Name the students of extensions that are in no folder and not in the gradebook, with the nearest."""
    known = {*students(course), *scores.students(course)}
    named = sorted({student for student, _ in read_extensions(course)} - known)
    hints = [did_you_mean(nearest(student, known)) for student in named]
    return [f"{student}; {hint}" if hint else student for student, hint in zip(named, hints, strict=True)]


def _listed(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    more = [f"  … and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return "\n".join(
        [f"{title} ({len(lines)}):", *(printable(f"  {line}") for line in lines[:_SHOWN]), *more]
    )
