"""Packs feedback pages as platforms take them: one self-contained page for each student, named as they name.

Where each rule is from stands beside it. A page without such a name is listed, and goes to nobody.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from examiner.collecting.platforms import ACCOUNT, BLACKBOARD, BRIGHTSPACE, CANVAS, MOODLE
from examiner.gradebook.roster import Member

_TIME = (1980, 1, 1, 0, 0, 0)  # the same pages make the same zip file
_FORBIDDEN = re.compile(r"[&<>\"`|':*?\\/\x00-\x1f]")


@dataclass(frozen=True)
class Addressed:
    """Where each student's page goes within the zip file, and for whom the platform gave no name."""

    names: dict[str, str] = field(default_factory=dict)
    nameless: tuple[str, ...] = ()


def address(
    platform: str,
    pages: Mapping[str, str],
    members: Mapping[str, Member],
    handed_in: Mapping[str, str],
    *,
    assignment: str,
) -> Addressed:
    """Return the names of pages in a platform's zip file.

    `pages` are file names by student, `handed_in` how the platform named what they handed in.
    """
    naming = _NAMINGS.get(platform, _folder_of_student)
    names = {
        student: naming(members.get(student, Member(student)), page, handed_in.get(student, ""), assignment)
        for student, page in pages.items()
    }
    named = {student: name for student, name in names.items() if name}
    return Addressed(named, tuple(sorted(names.keys() - named.keys())))


def pack(files: Mapping[str, Path], target: Path) -> None:
    """Write a zip file with these files under these names, one by one: a class's pages are gigabytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _TIME)
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name].read_bytes(), zipfile.ZIP_DEFLATED)


def _canvas(member: Member, page: str, handed_in: str, assignment: str) -> str:
    """Return the name for Canvas: `infer_comment_context_from_filename` in app/models/abstract_assignment.rb.

    It takes the first two numbers between underscores for the person and a file that the person handed in, or
    the two parts after `anon`. So only work that was handed in as a file can get a page.
    """
    match = re.match(r"(?P<head>.*?_?(?:anon_(?:LATE_)?\w+?|\d+)_\d+)_.", handed_in)
    return f"{match['head']}_{page}" if match else ""


def _moodle(member: Member, page: str, handed_in: str, assignment: str) -> str:
    """Return the name for Moodle: `is_valid_filename_for_import` in mod/assign/feedback/file/importziplib.

    It splits a folder's name at underscores, and wants a name, the participant's number and the plug-in.
    """
    numbers = [
        each.value
        for each in member.identities
        if each.platform == MOODLE.name and each.assignment == assignment
    ]
    match = re.match(r".+_(?P<number>\d+)_assignsubmission_", handed_in)
    told = match["number"] if match else numbers[0] if len(numbers) == 1 else ""
    name = _FORBIDDEN.sub("", member.name.replace("_", " ")).strip() or "Participant"
    return f"{name}_{told}_assignsubmission_file_/{page}" if told else ""


def _brightspace(member: Member, page: str, handed_in: str, assignment: str) -> str:
    """Return the name for Brightspace: the folder of the download, unchanged.

    "Grade offline and bulk upload feedback files", carleton.ca/brightspace/instructors.
    """
    match = re.match(r"\d+(?:-\d+)? - .+? - .*?\d{4} \d{1,2}:?\d\d(?: [AP]M)?", handed_in)
    return f"{match.group()}/{page}" if match else ""


def _blackboard(member: Member, page: str, handed_in: str, assignment: str) -> str:
    """Return a name for Blackboard, which takes no zip file of feedback: a folder for each account."""
    accounts = [each.value for each in member.identities if each.platform in (BLACKBOARD.name, ACCOUNT)]
    return f"{_FORBIDDEN.sub('', sorted(accounts)[0])}/{page}" if accounts else f"{member.student}/{page}"


def _folder_of_student(member: Member, page: str, handed_in: str, assignment: str) -> str:
    return f"{member.student}/{page}"


_NAMINGS = {
    CANVAS.name: _canvas,
    MOODLE.name: _moodle,
    BRIGHTSPACE.name: _brightspace,
    BLACKBOARD.name: _blackboard,
}
