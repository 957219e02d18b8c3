"""Recognises what platforms export of a class: who is in it, and where grades go.

    Sheet ─▶ whose form is it? ─▶ PlatformExport: people with all by which they are known, columns for grades

A roster is read from it, and grades go back in it, so both know the same columns. Where each rule is from
stands beside it. Nothing is read or written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from examiner.collecting.incomplete import what_is_doubled, what_is_lacking
from examiner.collecting.platforms import (
    ACCOUNT,
    BLACKBOARD,
    BRIGHTSPACE,
    CANVAS,
    E_MAIL,
    FOLDER,
    MOODLE,
    SCHOOL_ID,
)
from examiner.collecting.sheets import Sheet, is_formula, read_number
from examiner.errors import BadExport
from examiner.gradebook.roster import Identity

PLAIN = "CSV"
_LONGEST = 128  # characters in nbgrader's table of students
POINTS, PERCENT = "points", "percent"


@dataclass(frozen=True)
class Listed:
    """A person in a row of an export; `folder` where the export itself says what their folder is called."""

    row: int
    first_name: str
    last_name: str
    identities: tuple[Identity, ...]
    lms_user_id: str = ""
    folder: str = ""

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def email(self) -> str:
        """The e-mail address, or an empty string."""
        return next((each.value for each in self.identities if each.platform == E_MAIL), "")


@dataclass(frozen=True)
class GradeColumn:
    """A column into which grades can go, with the most that a grade may be there."""

    place: int
    title: str
    maximum: float | None
    unit: str = POINTS


@dataclass(frozen=True)
class PlatformExport:
    """A platform's table: who is in it; `kept` are the columns that go back with the grades.

    Of these, the platform knows people by the `keys`. `fixed` are rows that are nobody's, such as Canvas's
    row of maxima.
    """

    platform: str
    sheet: Sheet
    people: tuple[Listed, ...]
    kept: tuple[int, ...] = ()
    keys: tuple[int, ...] = ()
    columns: tuple[GradeColumn, ...] = ()
    fixed: tuple[int, ...] = ()
    is_for_one_assignment: bool = False
    changeable: int | None = None  # the column that says whether a grade may change
    times: int | None = None  # the column that says when the work was handed in


def recognise(sheet: Sheet, name: str, assignment: str = "") -> PlatformExport:
    """Return what an export holds; `BadExport` says what was expected if it is of no known form."""
    if lacking := what_is_lacking(sheet):
        raise BadExport(f"{name} {lacking}: export it again, and delete no column")
    if doubled := what_is_doubled(sheet, _telling_titles()):
        raise BadExport(f"{name} {doubled}, expected one: remove the wrong one, or export again")
    for read in (_moodle, _canvas, _brightspace, _blackboard, _nbgrader, _plain):
        if found := read(sheet, assignment):
            if not found.people:
                raise BadExport(f"{name} lists nobody: export it again, with all students")
            _check_twice(found, name)
            _check_texts(found, name)
            return found
    titles = ", ".join(sheet.header[:12]) + (", …" if len(sheet.header) > 12 else "")
    raise BadExport(
        f"{name} has the columns {titles}. Expected an export of Canvas (Student, ID, …), Moodle "
        "(Identifier, Grade, …, or Email address), Brightspace (OrgDefinedId or Username, … Points Grade), "
        "Blackboard (Username, … [Total Pts: …]), nbgrader (id, …), or a table with a name or an e-mail for "
        "each. If the platform speaks another language, switch it to English and export again"
    )


def _check_texts(export: PlatformExport, name: str) -> None:
    """Refuse what the gradebook cannot hold, and an id that cannot be a folder's name."""
    for person in export.people:
        texts = [person.first_name, person.last_name, person.lms_user_id, person.folder]
        texts += [each.value for each in person.identities]
        if too_long := next((text for text in texts if len(text) > _LONGEST), ""):
            raise BadExport(
                f"{name}, {export.sheet.line(person.row)}: “{too_long[:40]}…” has {len(too_long)} "
                f"characters, expected {_LONGEST} at most"
            )
        if person.folder and (person.folder.startswith(".") or re.search(r"[/\\\x00-\x1f]", person.folder)):
            raise BadExport(
                f"{name}, {export.sheet.line(person.row)}: the id “{person.folder}” cannot be the name of a "
                "folder: expected one without a slash and without a point at its beginning"
            )


def _check_twice(export: PlatformExport, name: str) -> None:
    """Refuse an export in which two rows have the same number, or the same name and nothing beside it.

    Nobody knows which of them counts, or whose work is whose.
    """
    seen: dict[Identity, Listed] = {}
    nameless: dict[str, Listed] = {}
    for person in export.people:
        other = person if person.identities else nameless.setdefault(person.name, person)
        if other is not person:
            raise BadExport(
                f"{name}, {export.sheet.line(other.row)} and {export.sheet.line(person.row)}: both are "
                f"{person.name}, and nothing tells them apart. Give each an e-mail or an ID, or remove one"
            )
        for identity in person.identities:
            other = seen.setdefault(identity, person)
            if other is not person:
                where = f"{export.sheet.line(other.row)} and {export.sheet.line(person.row)}"
                raise BadExport(
                    f"{name}, {where}: both have the {identity.platform} {identity.value}, expected one row "
                    "for each person. Remove the wrong one, or export again"
                )


def _cells(row: tuple[str, ...], *places: int | None) -> list[str]:
    return ["" if place is None else row[place].strip().lstrip("'") for place in places]


def _identities(*pairs: tuple[str, str], assignment: str = "") -> tuple[Identity, ...]:
    """Return identities of those that have a value; an e-mail is the same in capital letters."""
    return tuple(
        Identity(platform, value.casefold() if platform == E_MAIL else value, assignment)
        for platform, value in pairs
        if value
    )


def _mail(text: str) -> str:
    return text if re.fullmatch(r"\S+@\S+\.\S+", text) else ""


def _split_name(name: str) -> tuple[str, str]:
    """Return first and last name from `Lovelace, Ada` or `Ada Lovelace`."""
    last, comma, first = name.partition(",")
    if comma:
        return first.strip(), last.strip()
    first, _, last = name.strip().rpartition(" ")
    return first.strip(), last


# Canvas: lib/gradebook_exporter.rb and lib/gradebook_importer.rb of instructure/canvas-lms. The first
# columns are Student (or LastName, FirstName), ID, SIS User ID, SIS Login ID, …, Section. Titles of
# assignments end in their id. A row of maxima begins with "Points Possible"; rows that hide grades hold only
# "Manual Posting".
_CANVAS_COLUMN = re.compile(r"(?P<title>.+) \(\d+\)")
_CANVAS_TEST_STUDENT = "Student, Test"


def _canvas(sheet: Sheet, _: str) -> PlatformExport | None:
    student, last, first = sheet.column("Student"), sheet.column("LastName"), sheet.column("FirstName")
    number, section = sheet.column("ID"), sheet.column("Section")
    if number is None or section is None or (student is None and last is None):
        return None
    people, fixed, maxima = [], [], ("",) * len(sheet.header)
    login, school = sheet.column("SIS Login ID"), sheet.column("SIS User ID")
    for place, row in enumerate(sheet.rows):
        name, given, family, canvas, account, sis = _cells(row, student, first, last, number, login, school)
        if "Points Possible" in row[0]:
            maxima = row
        if not canvas or name == _CANVAS_TEST_STUDENT or "Points Possible" in row[0]:
            fixed.append(place)
            continue
        given, family = _split_name(name) if student is not None else (given, family)
        known = _identities(
            (CANVAS.name, canvas), (SCHOOL_ID, sis), (ACCOUNT, account), (E_MAIL, _mail(account))
        )
        people.append(Listed(place, given, family, known, canvas))
    columns = tuple(
        GradeColumn(place, match["title"], read_number(maxima[place]))
        for place, title in enumerate(sheet.header)
        if place > section and (match := _CANVAS_COLUMN.fullmatch(title))
    )
    kept = tuple(range(section + 1))
    return PlatformExport(CANVAS.name, sheet, tuple(people), kept, (number,), columns, tuple(fixed))


# Moodle: mod/assign/gradingtable.php (columns of the worksheet) and mod/assign/feedback/offline/
# importgradeslib.php (what its import reads) of moodle/moodle. Identifier is "Participant 117" in the
# language of whoever downloads it; the number is that of the folders in the zip file of submissions.
_TAG = re.compile(r"<[^>]*>")  # around the name of a suspended student


def _moodle(sheet: Sheet, assignment: str) -> PlatformExport | None:
    participant, grade = sheet.column("Identifier"), sheet.column("Grade")
    if participant is None or grade is None:
        return None
    if sheet.column("Last modified (grade)") is None:
        raise BadExport(
            "the worksheet lacks the column Last modified (grade), by which Moodle knows that nobody graded "
            "meanwhile: download it again"
        )
    full, mail, school, user = (
        sheet.column(title) for title in ("Full name", "Email address", "ID number", "Username")
    )
    people = []
    for place, row in enumerate(sheet.rows):
        said, name, address, sis, account = _cells(row, participant, full, mail, school, user)
        number = re.search(r"\d+$", said)
        if not number:
            raise BadExport(
                f"{sheet.line(place)} of the worksheet has the Identifier “{said[:40]}”, expected one "
                "like Participant 117: download the worksheet again"
            )
        known = _identities((E_MAIL, _mail(address)), (SCHOOL_ID, sis), (ACCOUNT, account))
        given, family = _split_name(_TAG.sub("", name))
        own = _identities((MOODLE.name, number.group()), assignment=assignment)
        people.append(Listed(place, given, family, (*own, *known), sis or address))
    return PlatformExport(
        MOODLE.name,
        sheet,
        tuple(people),
        kept=_moodle_kept(sheet),
        keys=(participant,),
        columns=(GradeColumn(grade, "Grade", _moodle_maximum(sheet)),),
        is_for_one_assignment=True,
        changeable=sheet.column("Grade can be changed"),
        times=sheet.column("Last modified (submission)"),
    )


def _moodle_kept(sheet: Sheet) -> tuple[int, ...]:
    """Return all columns but those of comments with a cell like a formula: the import would change that."""
    comments = range(sheet.columns("Last modified (grade)")[0] + 1, len(sheet.header))
    changed = {place for place in comments if any(is_formula(row[place]) for row in sheet.rows)}
    return tuple(place for place in range(len(sheet.header)) if place not in changed)


def _moodle_maximum(sheet: Sheet) -> float | None:
    place = sheet.column("Maximum Grade")
    values = {read_number(row[place]) for row in sheet.rows} if place is not None else set()
    return values.pop() if len(values) == 1 else None


# Brightspace: community.d2l.com/brightspace/kb/articles/3538-importing-grades. A row is known by
# OrgDefinedId, Username or both; exports put # before them. A column is called like its item, then "Points
# Grade" and, in an export, what it is worth. First name, e-mail and other details must not be in the file
# that goes back.
_BRIGHTSPACE_COLUMN = re.compile(r"(?P<title>.+?) Points Grade(?: <Numeric MaxPoints:(?P<most>[\d.,]+).*>)?")
_END_OF_LINE = "End-of-Line Indicator"


def _brightspace(sheet: Sheet, _: str) -> PlatformExport | None:
    school, user, end = sheet.column("OrgDefinedId"), sheet.column("Username"), sheet.column(_END_OF_LINE)
    matches = [(place, _BRIGHTSPACE_COLUMN.fullmatch(title)) for place, title in enumerate(sheet.header)]
    found = [(place, match) for place, match in matches if match]
    if school is None and (user is None or not (found or end is not None)):
        return None
    columns = tuple(
        GradeColumn(place, match["title"], read_number(match["most"] or "")) for place, match in found
    )
    people = []
    for place, row in enumerate(sheet.rows):
        sis, account, given, family, mail = _cells(
            row, school, user, *(sheet.column(title) for title in ("First Name", "Last Name", "Email"))
        )
        sis, account = sis.removeprefix("#"), account.removeprefix("#")
        if not sis and not account:
            continue
        known = _identities((SCHOOL_ID, sis), (ACCOUNT, account), (E_MAIL, _mail(mail) or _mail(account)))
        people.append(Listed(place, given, family, known, sis or account))
    kept = tuple(place for place in (school, user, end) if place is not None)
    keys = tuple(place for place in (school, user) if place is not None)
    return PlatformExport(BRIGHTSPACE.name, sheet, tuple(people), kept, keys, columns)


# Blackboard: help.blackboard.com, "Upload or download grades": tab-separated in UTF-16 (.xls) or CSV; a row
# is known by Username, a column by the number behind "|", which must stay. "up to" marks computed columns.
_BLACKBOARD_COLUMN = re.compile(r"(?P<title>.+?) \[Total Pts: (?P<most>[\d.,]+) (?P<kind>\w+)\] \|\d+")
_BLACKBOARD_UNITS = {"Score": POINTS, "Percentage": PERCENT}


def _blackboard(sheet: Sheet, _: str) -> PlatformExport | None:
    user = sheet.column("Username")
    has_columns = any("[Total Pts:" in title for title in sheet.header)
    if user is None or not (has_columns or sheet.columns("Last Access", "Availability")):
        return None
    matches = [(place, _BLACKBOARD_COLUMN.fullmatch(title)) for place, title in enumerate(sheet.header)]
    columns = tuple(
        GradeColumn(place, match["title"], read_number(match["most"]), _BLACKBOARD_UNITS[match["kind"]])
        for place, match in matches
        if match and match["kind"] in _BLACKBOARD_UNITS
    )
    people = []
    for place, row in enumerate(sheet.rows):
        account, given, family, sis = _cells(
            row, user, *(sheet.column(title) for title in ("First Name", "Last Name", "Student ID"))
        )
        if account:
            known = _identities((BLACKBOARD.name, account), (ACCOUNT, account), (SCHOOL_ID, sis))
            people.append(Listed(place, given, family, known, account))
    kept = tuple(sheet.columns("Last Name", "First Name", "Username", "Student ID"))
    return PlatformExport(BLACKBOARD.name, sheet, tuple(people), kept, (user,), columns)


# nbgrader: nbgrader/apps/dbapp.py, `nbgrader db student import`: the columns of its table of students.
def _nbgrader(sheet: Sheet, _: str) -> PlatformExport | None:
    if "id" not in sheet.header or not {"first_name", "last_name", "email", "lms_user_id"} & set(
        sheet.header
    ):
        return None
    people = []
    for place, row in enumerate(sheet.rows):
        folder, given, family, mail, lms = _cells(
            row, *(sheet.column(title) for title in ("id", "first_name", "last_name", "email", "lms_user_id"))
        )
        if not folder:
            raise BadExport(f"{sheet.line(place)} has no id: nbgrader wants one for each student")
        known = _identities((FOLDER, folder), (E_MAIL, _mail(mail)))
        people.append(Listed(place, given, family, known, lms, folder))
    return PlatformExport(FOLDER, sheet, tuple(people))


# A table that a person made, or Moodle's list of participants, Google Classroom's or Gradescope's export.
_TITLES: dict[str, tuple[str, ...]] = {
    "first": ("First name", "Given name", "First", "Firstname", "Forename"),
    "last": ("Last name", "Surname", "Family name", "Last", "Lastname"),
    "name": ("Name", "Full name", "Student", "Student name"),
    E_MAIL: ("Email address", "Email", "E-mail", "Mail", "E-mail address"),
    SCHOOL_ID: ("ID number", "Student ID", "SID", "Matriculation number", "ID"),
    ACCOUNT: ("Username", "User name", "Login", "Account"),
}


def _telling_titles() -> set[str]:
    """Return the titles of columns by which people are known."""
    own = (
        "Student",
        "Identifier",
        "SIS User ID",
        "SIS Login ID",
        "OrgDefinedId",
        "lms_user_id",
        "first_name",
    )
    return {title.casefold() for titles in (own, *_TITLES.values()) for title in titles}


def _plain(sheet: Sheet, _: str) -> PlatformExport | None:
    places = {kind: sheet.column(*titles) for kind, titles in _TITLES.items()}
    if all(places[kind] is None for kind in ("last", "name", E_MAIL)):
        return None
    people = []
    for place, row in enumerate(sheet.rows):
        given, family, name, mail, school, account = _cells(row, *(places[kind] for kind in _TITLES))
        if name and not family:
            given, family = _split_name(name)
        known = _identities((E_MAIL, _mail(mail)), (SCHOOL_ID, school), (ACCOUNT, account))
        if not (family or known):
            raise BadExport(f"{sheet.line(place)} has neither a name nor an e-mail: complete or remove it")
        people.append(Listed(place, given, family, known, school or mail))
    return PlatformExport(PLAIN, sheet, tuple(people))


def names_of(person: Listed) -> Iterable[str]:
    """Yield the names by which a zip file may name a person: Moodle leaves out what a file cannot be called.

    Moodle: `clean_filename` in lib/moodlelib.php, after `_` became a blank.
    """
    if not person.name:
        return
    yield person.name
    yield re.sub(r"[&<>\"`|':\\/\x00-\x1f]", "", person.name.replace("_", " "))
