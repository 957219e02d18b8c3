"""Knows how learning platforms name what students handed in: rules for names, one platform each.

    Moodle       Ada Lovelace_117_assignsubmission_file_/lnp.ipynb, or ..._file_lnp.ipynb
    Brightspace  12345-67890 - Ada Lovelace - Feb 10, 2027 1230 PM/lnp.ipynb, or ... PM - lnp.ipynb
    Blackboard   Homework 1_ab123_attempt_2027-02-10-12-30-15_lnp.ipynb, and ..._attempt_<time>.txt
    Canvas       lovelaceada_LATE_81_4711_lnp.ipynb, or LATE_anon_Xk3bQ_4711_lnp.ipynb
    nbgrader     ada+01_lnp_encoding+2027-02-10 12:30:15.123456 UTC/lnp.ipynb, with +<random> or without

The platform writes the first part of a name and the student chooses the rest, so each rule takes the first
place that fits. Times are local times; names do not tell the zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

_ABOUT = "attempt.txt"  # what Blackboard tells of an attempt, in a file of its own
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"(?P<month>[A-Za-z]{3})[a-z]*\.? (?P<day>\d{1,2}), (?P<year>\d{4}) "
    r"(?P<hour>\d{1,2}):?(?P<minute>\d\d)(?: (?P<half>[AP])M)?",
    re.ASCII,
)
_EXCHANGED = re.compile(r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?) UTC", re.ASCII)
_WRITTEN = r"[A-Za-z]{3,9}\.? \d{1,2}, \d{4} \d{1,2}:?\d\d(?: [AP]M)?"


# By what platforms know people beside their own numbers: what a school gives is the same on all of them.
ACCOUNT, E_MAIL, SCHOOL_ID, FOLDER = "account", "e-mail", "ID", "nbgrader"


class Numbers(StrEnum):
    """What a platform's number tells about a person."""

    ALWAYS = "the same in all of the course, and nobody else's"
    EACH_ASSIGNMENT = "another one in each assignment, and nobody else's in that"
    UNKNOWN = "not documented: the same number is the same person, another one may be"


@dataclass(frozen=True)
class Platform:
    """A platform's rules: `folders` and `files` are the forms of the names at the top of its archives.

    `is_schools` tells that its number is one that the school gave, so that other platforms know it, too.
    """

    name: str
    numbers: Numbers
    folders: tuple[re.Pattern[str], ...] = ()
    files: tuple[re.Pattern[str], ...] = ()
    own_pages: tuple[str, ...] = ()  # at the top
    own_files: tuple[str, ...] = ()  # in each folder
    is_schools: bool = False

    def read(self, name: str, *, is_folder: bool) -> Told | None:
        """Return what a name tells, or None if it is not of this platform's form."""
        for form in self.folders if is_folder else self.files:
            if match := form.fullmatch(name):
                return _told(match.groupdict())
        return None


@dataclass(frozen=True)
class Told:
    """What a name tells: a person's name and number, the file's own name, when it was handed in."""

    name: str
    number: str = ""
    file: str = ""
    time: datetime | None = None
    is_late: bool = False
    assignment: str = ""


def _told(found: dict[str, str | None]) -> Told:
    number = found.get("number") or ""
    return Told(
        name=found.get("name") or number,
        number=number,
        file=found.get("file") or found.get("page") or (_ABOUT if found.get("about") else ""),
        time=read_time(found.get("time") or ""),
        is_late=bool(found.get("late")),
        assignment=found.get("assignment") or "",
    )


def read_time(text: str) -> datetime | None:
    """Return the time in a name: `2027-02-10-12-30-15` (Blackboard), `Feb 10, 2027 1230 PM` (Brightspace).

    Only nbgrader's times name their zone.
    """
    try:
        if match := _DATE.fullmatch(text):
            return _from_words(match)
        if match := _EXCHANGED.fullmatch(text):
            return datetime.fromisoformat(match["time"]).replace(tzinfo=UTC)
        return datetime.strptime(text, "%Y-%m-%d-%H-%M-%S")
    except ValueError:
        return None


def _from_words(match: re.Match[str]) -> datetime:
    month, hour = _MONTHS.index(match["month"].lower()) + 1, int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"no hour {hour} on a clock of twelve")
        hour = hour % 12 + (12 if match["half"] == "P" else 0)
    return datetime(int(match["year"]), month, int(match["day"]), hour, int(match["minute"]))


# Moodle puts a space for each "_" of a name. A submission of a group without a name has no number.
_MOODLE = r"(?P<name>.+?)(?:_(?P<number>\d+))?_assignsubmission_[a-z]+"
_BRIGHTSPACE = r"(?P<number>\d+)(?:-\d+)? - (?P<name>.+{few}) - "
# Canvas takes all but letters and digits out of a name, and makes it small: "LATE" is none.
_CANVAS = r"(?!anon_)(?P<name>[^\WA-Z]+?)(?:_(?P<late>LATE))?_(?P<number>\d+)_"
_ANONYMOUS = (r"(?P<late>LATE)_anon_", r"anon_(?P<late>LATE)_", r"anon_")
_CANVAS_FILE = r"(?:\d+_(?P<file>.+)|(?P<page>text\.html|link\.html))"

MOODLE = Platform(
    "Moodle",
    Numbers.EACH_ASSIGNMENT,
    folders=(re.compile(_MOODLE + "_?"),),
    files=(re.compile(_MOODLE + "_(?P<file>.+)"),),
)
BRIGHTSPACE = Platform(
    "Brightspace",
    Numbers.UNKNOWN,
    folders=(re.compile(_BRIGHTSPACE.format(few="") + r"(?P<time>.*\d.*)"),),
    files=(re.compile(_BRIGHTSPACE.format(few="?") + f"(?P<time>{_WRITTEN}) - (?P<file>.+)"),),
    own_pages=("index.html",),
)
BLACKBOARD = Platform(
    "Blackboard",
    Numbers.ALWAYS,
    files=(
        re.compile(r"(?P<name>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<about>\.txt))"),
    ),
    is_schools=True,
)
ANONYMOUS_CANVAS = Platform(
    "Canvas (anonymous)",
    Numbers.EACH_ASSIGNMENT,
    files=tuple(re.compile(form + r"(?P<number>[A-Za-z0-9]+)_" + _CANVAS_FILE) for form in _ANONYMOUS),
)
CANVAS = Platform(
    "Canvas",
    Numbers.ALWAYS,
    files=(re.compile(_CANVAS + _CANVAS_FILE),),
)
# nbgrader/exchange/default/submit.py and collect.py: user, assignment and time, and a random text if it is
# set so. The user comes first and may hold a "+".
NBGRADER = Platform(
    "nbgrader's exchange",
    Numbers.ALWAYS,
    folders=(
        re.compile(
            r"(?P<name>(?P<number>.+))\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d [^+]+)(?:\+[\w=-]+)?"
        ),
    ),
    own_files=("timestamp.txt",),
    is_schools=True,
)
# What Google Classroom names its copies like, and many a person: there is no number in it. Google documents
# where they are (developers.google.com/classroom/reference/rest/v1/courses.courseWork: `studentWorkFolder`)
# and that each student may get a copy (`STUDENT_COPY`), but not how copies and other files are called.
NAMED = Platform("", Numbers.UNKNOWN, files=(re.compile(r"(?P<name>.+?) - (?P<file>.+)"),))

# Its export says in a file of its own who handed in what (`gradescope`); its names tell nothing.
GRADESCOPE = Platform("Gradescope", Numbers.ALWAYS, is_schools=True)

PLATFORMS = (NBGRADER, MOODLE, BRIGHTSPACE, BLACKBOARD, ANONYMOUS_CANVAS, CANVAS)
_BY_NAME = {each.name: each for each in (*PLATFORMS, GRADESCOPE)}


def numbers_of(platform: str) -> Numbers:
    """Return what the numbers of a platform say, by its name."""
    return _BY_NAME[platform].numbers if platform in _BY_NAME else Numbers.UNKNOWN


def is_schools(platform: str) -> bool:
    """Return whether other platforms know people by the same numbers as this one."""
    return platform in _BY_NAME and _BY_NAME[platform].is_schools
