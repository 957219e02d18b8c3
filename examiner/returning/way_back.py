"""Returns an assignment to a platform: a grade file and a zip file of pages, in `returned/`.

    scores, verdicts ─▶ who is done (`standing`) ─▶ the platform's table filled (`grades`), pages named
        (`pages`) ─▶ both files in place ─▶ what was returned is remembered

It refuses before it writes anything. Both files are whole, or neither is there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from examiner.collecting.enrolment import students_of
from examiner.collecting.exports import PLAIN, GradeColumn, Listed, PlatformExport, recognise
from examiner.collecting.platforms import BLACKBOARD, BRIGHTSPACE, CANVAS, FOLDER, MOODLE
from examiner.collecting.roster import keep_export, read_export_file
from examiner.collecting.sheets import Sheet, read_sheet, write_sheet
from examiner.course.facts import Assignment, Course
from examiner.errors import NotReturned
from examiner.gradebook.returned import Returned, read_returned, write_returned
from examiner.gradebook.roster import Identity, read_column, read_export, read_names, write_column
from examiner.returning.columns import find_column
from examiner.returning.grades import GradeFile, cut, fill
from examiner.returning.pages import Addressed, address, pack
from examiner.returning.standing import Standing, read_standing
from examiner.returning.summary import Summary

RETURNED = "returned"
PLATFORMS = {
    "canvas": CANVAS.name,
    "moodle": MOODLE.name,
    "brightspace": BRIGHTSPACE.name,
    "blackboard": BLACKBOARD.name,
    "csv": PLAIN,
}
_TITLES = ("student", "first_name", "last_name", "email", "lms_user_id", "assignment", "score", "max_score")
_SAME = 0.005


@dataclass(frozen=True)
class Wishes:
    """How an assignment is to be returned: `file` is a newer export, `column` the title of its column.

    `partial` returns those who are done while others wait, `only_changed` what differs from the last return,
    `overwrite` also what was given on the platform itself.
    """

    file: Path | None = None
    column: str = ""
    partial: bool = False
    only_changed: bool = False
    overwrite: bool = False


def give_back(course: Course, assignment: Assignment, platform: str, wishes: Wishes | None = None) -> Summary:
    """Write the grade file and the pages of an assignment for a platform, and say what is in them.

    `NotReturned` says in a sentence why nothing was written.
    """
    wishes, name = wishes or Wishes(), PLATFORMS[platform]
    standing = _checked(read_standing(course, assignment), assignment, wishes)
    export, suffix = _export(course, name, assignment, wishes, standing)
    column = _column(course, export, assignment, wishes)
    students = students_of(export, standing.members)
    before = read_returned(course, name, assignment)
    made = fill(export, column, students, standing.scores, before, overwrite=wishes.overwrite)
    chosen = _chosen(made, standing, before, wishes)
    rows = [row for row, student in students.items() if student in chosen and student in made.scores]
    whole = [person.row for person in export.people]
    sheet = cut(made, export, column, rows if wishes.only_changed else whole)
    files = {student: f"{assignment.notebook}.html" for student in standing.pages if student in chosen}
    names = read_names(course, name, assignment)
    addressed = address(name, files, standing.members, names, assignment=assignment.name)
    pages = {name: standing.pages[student].path for student, name in addressed.names.items()}
    folder = course.root / RETURNED / assignment.name / platform
    written = _write(folder, suffix, write_sheet(sheet), pages) if chosen else []
    write_returned(course, name, assignment, _now(chosen, made, standing, addressed, before))
    return Summary(
        platform=name,
        assignment=assignment.name,
        files=tuple(path.relative_to(course.root).as_posix() for path in written),
        grades={student: score for student, score in made.scores.items() if student in chosen},
        pages=len(addressed.names),
        before=before,
        column=column,
        made=made,
        standing=standing,
        nameless=addressed.nameless,
    )


def _checked(standing: Standing, assignment: Assignment, wishes: Wishes) -> Standing:
    """Refuse to return what is not done."""
    if standing.waiting and not wishes.partial:
        count = f"{len(standing.waiting)} student{'s' if len(standing.waiting) > 1 else ''}"
        first = ", ".join(standing.waiting[:10]) + (", …" if len(standing.waiting) > 10 else "")
        raise NotReturned(
            f"nothing was written: written answers of {count} in {assignment.name} wait "
            f"for a score ({first}). Score them in Formgrader, or return the others with PARTIAL=yes"
        )
    if not standing.max_points:
        raise NotReturned(f"nothing was written: nobody has a score in {assignment.name} that could go back")
    return standing


def _export(
    course: Course, name: str, assignment: Assignment, wishes: Wishes, standing: Standing
) -> tuple[PlatformExport, str]:
    """Return the platform's table that is to be filled, and the suffix of its file."""
    if name == PLAIN:
        return _plain_export(assignment, standing), ".csv"
    if wishes.file:
        found, _, _ = read_export_file(course, wishes.file, assignment)
        if found.platform != name:
            raise NotReturned(f"{wishes.file.name} is an export of {found.platform}, expected {name}'s")
        keep_export(course, wishes.file, assignment)
    kept = read_export(course, name, assignment)
    if kept is None:
        what = "its grading worksheet" if name == MOODLE.name else "its gradebook"
        raise NotReturned(
            f"no export of {name} for {assignment.name} is known: download {what}, and run this with "
            "FILE=export.csv"
        )
    export = recognise(read_sheet(kept.content, kept.filename), kept.filename, assignment.name)
    return export, PurePath(kept.filename).suffix or ".csv"


def _plain_export(assignment: Assignment, standing: Standing) -> PlatformExport:
    """Return a table of our own, with a row for everybody in the class."""
    members = [
        member
        for student, member in standing.members.items()
        if not member.departed and (member.listed or student in standing.scores)
    ]
    rows = [
        (each.student, each.first_name, each.last_name, each.email, each.lms_user_id, assignment.name, "")
        + (f"{standing.max_points:g}",)
        for each in members
    ]
    people = [
        Listed(place, each.first_name, each.last_name, (Identity(FOLDER, each.student),), folder=each.student)
        for place, each in enumerate(members)
    ]
    column = GradeColumn(_TITLES.index("score"), "score", standing.max_points)
    everything = tuple(range(len(_TITLES)))
    return PlatformExport(
        PLAIN,
        Sheet(_TITLES, tuple(rows)),
        tuple(people),
        everything,
        keys=(0,),
        columns=(column,),
        is_for_one_assignment=True,
    )


def _column(course: Course, export: PlatformExport, assignment: Assignment, wishes: Wishes) -> GradeColumn:
    """Return the column of the assignment; what a person says once is remembered."""
    title = wishes.column or read_column(course, export.platform, assignment)
    column = find_column(export, assignment, title)
    if wishes.column:
        write_column(course, export.platform, assignment, wishes.column)
    return column


def _chosen(made: GradeFile, standing: Standing, before: Mapping[str, Returned], wishes: Wishes) -> set[str]:
    """Return whose grade or page goes back: all that is done, or what differs from the last return."""
    everybody = {*made.scores, *standing.pages}
    if not wishes.only_changed:
        return everybody
    return {student for student in everybody if _has_changed(student, made, standing, before)}


def _has_changed(student: str, made: GradeFile, standing: Standing, before: Mapping[str, Returned]) -> bool:
    old, score = before.get(student, Returned()), made.scores.get(student)
    if student in standing.pages and standing.pages[student].digest != old.page:
        return True
    return score is not None and (old.score is None or abs(score - old.score) > _SAME)


def _now(
    chosen: set[str],
    made: GradeFile,
    standing: Standing,
    addressed: Addressed,
    before: Mapping[str, Returned],
) -> dict[str, tuple[float | None, str]]:
    """Return what each platform has now of those to whom something goes back."""
    now = {}
    for student in chosen & {*made.scores, *addressed.names}:
        old = before.get(student, Returned())
        page = standing.pages[student].digest if student in addressed.names else old.page
        now[student] = (made.scores.get(student, old.score), page)
    return now


def _write(folder: Path, suffix: str, sheet: bytes, pages: Mapping[str, Path]) -> list[Path]:
    """Put the grade file and the zip file of pages in place, both once both are whole."""
    files = [f"grades{suffix}", "feedback.zip"]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".passing-") as passing:
        (Path(passing) / files[0]).write_bytes(sheet)
        pack(pages, Path(passing) / files[1])
        for old in folder.glob("grades.*"):
            old.unlink()
        return [(Path(passing) / name).replace(folder / name) for name in files]
