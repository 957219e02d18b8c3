"""Reads what a platform exports of a class into the roster, marks who has left, and shows the roster.

file ─▶ `sheets` ─▶ `exports` ─▶ `enrolment` (who is whom) ─▶ the gradebook, all or nothing
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from examiner.collecting.archive import assignment_told
from examiner.collecting.enrolment import Enrolment, enrol
from examiner.collecting.exports import PLAIN, PlatformExport, recognise
from examiner.collecting.platforms import FOLDER
from examiner.collecting.sheets import MAX_BYTES, read_sheet
from examiner.course.facts import Assignment, Course
from examiner.errors import BadExport, UnknownStudent
from examiner.gradebook.roster import Export, Member, read_members, write_members
from examiner.wording import counted, table

_NAMED = 20
_OTHER = "is it another assignment's worksheet? Download this one's, or correct ASSIGNMENT"


@dataclass(frozen=True)
class Taken:
    """An export that was read into the roster, and for which assignment if it is for one."""

    export: PlatformExport
    enrolment: Enrolment
    filename: str
    assignment: str = ""

    def __str__(self) -> str:
        """Return how many people there are, and what needs a person."""
        enrolment = self.enrolment
        known = len(enrolment.members) - len(enrolment.new)
        where = f"{self.export.platform}, {self.assignment}" if self.assignment else self.export.platform
        people = counted(len(enrolment.members), "person", "people")
        lines = [f"{where}: {people}, {len(enrolment.new)} new, {known} known"]
        lines += _listed("Share a name, and have folders of their own", enrolment.namesakes)
        lines += _listed("Have another name than before", enrolment.renamed)
        lines += _listed(
            "On the roster, but not in this file; nothing was changed for them. "
            'If they have left the course, run make roster LEFT="name name"',
            enrolment.missing,
        )
        lines += _listed(
            'Marked as having left, but in this file. If they are back, run make roster BACK="name name"',
            enrolment.returned,
        )
        return "\n".join(lines)


def take_roster(
    course: Course,
    path: Path,
    assignment: Assignment | None = None,
    *,
    same: Iterable[str] = (),
    is_other_class: bool = False,
) -> Taken:
    """Read an export into the roster, and keep it for the way back; `BadExport` says why nothing was."""
    export, content, told = read_export_file(course, path, assignment)
    if not any(person.name or person.email for person in export.people):
        raise BadExport(
            f"{path.name} names nobody, as it is from anonymous submissions: take the roster from the list "
            "of participants"
        )
    members = read_members(course)
    _check_assignment(export, told, members, path.name)
    enrolment = enrol(export, members, folders_on_disk(course), same, is_other_class=is_other_class)
    if enrolment.questions:
        raise BadExport(
            "nothing was changed: nobody can tell who is who of these.\n  " + "\n  ".join(enrolment.questions)
        )
    kept = [] if export.platform in (PLAIN, FOLDER) else [Export(export.platform, path.name, content, told)]
    write_members(course, enrolment.members.values(), kept)
    return Taken(export, enrolment, path.name, told)


def keep_export(course: Course, path: Path, assignment: Assignment | None) -> None:
    """Read an export into the roster. One of anonymous submissions names nobody, and is only kept."""
    export, content, told = read_export_file(course, path, assignment)
    if any(person.name or person.email for person in export.people):
        take_roster(course, path, assignment)
    else:
        write_members(course, [], [Export(export.platform, path.name, content, told)])


def read_export_file(
    course: Course, path: Path, assignment: Assignment | None
) -> tuple[PlatformExport, bytes, str]:
    """Return what an export holds, its content, and the name of its assignment if it is for one alone."""
    content = _read(path)
    sheet = read_sheet(content, path.name)
    told = assignment or assignment_told(path.stem, course)
    export = recognise(sheet, path.name, told.name if told else "")
    if not export.is_for_one_assignment:
        return export, content, ""
    if told is None:
        raise BadExport(f"{path.name} does not name its assignment: say which with ASSIGNMENT=name")
    named = assignment_told(path.stem, course)
    if named and named != told:
        raise BadExport(f"{path.name} has the name of {named.name}, not of {told.name}: {_OTHER}")
    return export, content, told.name


def _check_assignment(
    export: PlatformExport, told: str, members: Mapping[str, Member], filename: str
) -> None:
    """Refuse the worksheet of another assignment: Moodle gives nobody the same number in two of them."""
    known = {
        each.value: each.assignment
        for member in members.values()
        for each in member.identities
        if each.platform == export.platform and each.assignment
    }
    numbers = [each.value for person in export.people for each in person.identities if each.assignment]
    others = Counter(known[number] for number in numbers if known.get(number, told) != told)
    for other, count in others.most_common(1):
        if 2 * count > len(numbers):
            raise BadExport(f"{filename} has the numbers of {other}, not of {told}: {_OTHER}")


def _read(path: Path) -> bytes:
    """Return what is in a file, of a device or an endless one nothing."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise BadExport(f"{path} cannot be read: it is no regular file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadExport(f"{path} cannot be read: {error.strerror}") from None


def mark_departed(course: Course, names: Sequence[str], *, departed: bool) -> list[str]:
    """Mark students as having left the course, or as back in it; what they handed in stays."""
    members = read_members(course)
    unknown = [name for name in names if name not in members]
    if unknown:
        raise UnknownStudent(
            f"nothing was changed: nobody on the roster has the folder {', '.join(unknown)}. "
            "`make roster` lists them"
        )
    write_members(course, [replace(members[name], departed=departed) for name in names])
    return sorted(names)


def show_roster(members: Iterable[Member]) -> str:
    """Return the roster as a table: folder, name, e-mail, LMS id, and who is not, or no longer, in it."""
    rows = [("student", "name", "e-mail", "LMS id", "")]
    for member in members:
        state = "" if member.listed else "not on the roster"
        name = f"{member.first_name} {member.last_name}".strip()
        rows.append(
            (member.student, name, member.email, member.lms_user_id, "left" if member.departed else state)
        )
    if len(rows) == 1:
        return "The roster is empty: run make roster FILE=export.csv"
    return table(rows)


def folders_on_disk(course: Course) -> list[str]:
    """Return the names of students' folders in `submitted/`, whether anybody knows them or not."""
    folder = course.root / "submitted"
    if not folder.is_dir():
        return []
    return [path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]


def _listed(title: str, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return [f"{title} ({len(names)}): {', '.join(names[:_NAMED])}{more}"]
