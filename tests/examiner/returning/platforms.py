"""Doubles of learning platforms: each hands out an archive and an export, and takes grades and pages back.

They follow the platforms' own rules, which the modules under test cite: names in archives, columns of
exports, and what an import reads. Nothing of the examiner is used here.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import datetime

import yaml

TITLE = "Adding and doubling"
FIRST = [
    "Bo",
    "Cy",
    "Di",
    "Eva",
    "Fay",
    "Gil",
    "Hal",
    "Ida",
    "Jon",
    "Kim",
    "Leo",
    "Mia",
    "Ned",
    "Ole",
    "Pia",
    "Qi",
    "Ron",
    "Sue",
    "Tom",
    "Ute",
    "Vic",
    "Wes",
    "Xia",
    "Yve",
    "Zoë",
]
PROMPT = datetime(2027, 2, 10, 14, 5)
LATE = datetime(2027, 2, 14, 9, 30)
AGAIN = datetime(2027, 2, 11, 8, 15)


@dataclass
class Person:
    first: str
    last: str
    number: int
    versions: list[tuple[datetime, bytes]] = field(default_factory=list)

    @property
    def name(self):
        return f"{self.first} {self.last}"

    @property
    def account(self):
        return f"user{self.number}"

    @property
    def email(self):
        return f"{self.account}@uni.example"

    @property
    def school_id(self):
        return f"S{20_000 + self.number}"


def class_of_30():
    """Return a class: two namesakes, one late, one with an extension, one dropout, one who hands in twice."""
    people = [Person("Ada", "Lovelace", 81), Person("Ada", "Lovelace", 82)]
    odd = [Person("Seán", "O'Brien", 83), Person("Ana", "de la Cruz-Ñuñez", 84), Person("=Max", "+Kraus", 85)]
    people += odd + [Person(first, f"Li{chr(97 + n)}", 90 + n) for n, first in enumerate(FIRST)]
    assert len(people) == 30
    for person in people:
        person.versions = [(PROMPT, notebook(person))]
    by = {
        "late": people[5],
        "extended": people[6],
        "dropout": people[7],
        "twice": people[8],
        "absent": people[9],
    }
    by["late"].versions = [(LATE, notebook(by["late"]))]
    by["extended"].versions = [(LATE, notebook(by["extended"]))]
    by["twice"].versions.append((AGAIN, notebook(by["twice"]) + b" "))
    by["absent"].versions = []
    return people, by


def notebook(person):
    return f'{{"cells": [], "metadata": {{"of": "{person.account}"}}}}'.encode()


def zipped(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def table(rows, *, separator=",", encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def rows_of(content, *, separator=",", encoding="utf-8-sig"):
    rows = list(csv.reader(io.StringIO(content.decode(encoding)), delimiter=separator))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


class Platform:
    """What a double has unless it says otherwise: one archive of all, and a gradebook of its own."""

    has_gradebook = True
    lists_who_left = True

    def same(self, people, students):
        """Return what a person answers where the archive does not say whose work it is."""
        return ()


class Canvas(Platform):
    """instructure/canvas-lms: lib/content_zipper.rb, gradebook_exporter.rb, gradebook_importer.rb."""

    name, export_name, knows_times = "canvas", "2027-02-14_Grades-NEURO.csv", False
    column = f"{TITLE} (777)"

    def archive(self, people, path):
        files = {}
        for person in people:
            for when, content in person.versions[-1:]:
                slug = re.sub(r"\W", "", f"{person.last}{person.first}").lower()
                late = "_LATE" if when >= LATE else ""
                files[f"{slug}{late}_{person.number}_{5000 + person.number}_adding.ipynb"] = content
        return zipped(path / "submissions.zip", files)

    def export(self, people, grades=None):
        head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
        header = [*head, "Another (5)", self.column, "Current Score"]
        rows = [header, ["    Points Possible", "", "", "", "", "3", "100", "(read only)"]]
        for person in people:
            who = [f"{person.last}, {person.first}", person.number, person.school_id, person.email, "A"]
            rows.append([*who, "1", (grades or {}).get(person.account, ""), "33"])
        return table([*rows, ["Student, Test", "999", "", "", "A", "", "", ""]])

    def grades(self, content, people):
        rows = rows_of(content)
        assert list(rows[0]) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", self.column]
        assert rows[0]["Student"] == "    Points Possible"
        assert rows[0][self.column] == "100"
        by_id = {str(person.number): person.account for person in people}
        return {by_id[row["ID"]]: row[self.column] for row in rows if row["ID"] in by_id}

    def pages(self, archive, people):
        found = {}
        for name in archive.namelist():
            user, attachment = [piece for piece in name.split("_") if piece.isdecimal()][:2]
            (person,) = (each for each in people if str(each.number) == user)
            assert attachment == str(5000 + person.number)
            found[person.account] = archive.read(name)
        return found


class Moodle(Platform):
    """moodle/moodle: mod/assign/downloader, gradingtable.php, feedback/offline and feedback/file."""

    name, export_name, knows_times, as_folders = "moodle", "Grades-NEURO-01_adding-12.csv", True, True

    def archive(self, people, path):
        files = {}
        for person in people:
            for _, content in person.versions[-1:]:
                plain = re.sub(r"[&<>\"`|':\\/]", "", person.name.replace("_", " "))
                head = f"{plain}_{self.participant(person)}_assignsubmission_file"
                files[f"{head}/adding.ipynb" if self.as_folders else f"{head}_adding.ipynb"] = content
        return zipped(path / "submissions.zip", files)

    def participant(self, person):
        return 1000 + person.number

    def export(self, people, grades=None):
        header = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade"]
        header += ["Grade can be changed", "Last modified (submission)", "Last modified (grade)"]
        rows = [[*header, "Feedback comments"]]
        for person in people:
            when = person.versions[-1][0].strftime("%A, %d %B %Y, %I:%M %p") if person.versions else "-"
            grade = (grades or {}).get(person.account, "")
            who = [
                f"Participant {self.participant(person)}",
                person.name,
                person.email,
                "Submitted for grading",
            ]
            rows.append([*who, grade, "100.00", "Yes", when, "-", ""])
        return b"\xef\xbb\xbf" + table(rows)

    def grades(self, content, people):
        rows = rows_of(content)
        assert {"Identifier", "Grade", "Last modified (grade)"} <= set(rows[0])
        by_id = {f"Participant {self.participant(person)}": person.account for person in people}
        return {by_id[row["Identifier"]]: row["Grade"] for row in rows}

    def pages(self, archive, people):
        found = {}
        for name in archive.namelist():
            folder, page = name.split("/")
            info = folder.split("_", 4)
            assert info[2:4] == ["assignsubmission", "file"]
            assert page == "adding.html"
            (person,) = (each for each in people if str(self.participant(each)) == info[1])
            found[person.account] = archive.read(name)
        return found


class FlatMoodle(Moodle):
    as_folders = False


class Brightspace(Platform):
    """D2L: names of a download, "Importing grades" (kb/articles/3538)."""

    name, export_name, knows_times = "brightspace", "NEURO_GradesExport_2027-02-14.csv", True
    column = f"{TITLE} Points Grade <Numeric MaxPoints:100 Weight:20 Category:Homework>"

    def archive(self, people, path):
        files = {"index.html": b"<html></html>"}
        for person in people:
            for when, content in person.versions:
                files[f"{self.folder(person, when)}/adding.ipynb"] = content
        return zipped(path / "submissions.zip", files)

    def same(self, people, students):
        """Its archives do not tell its two namesakes apart."""
        return tuple(f"{40_000 + person.number}={students[person.account]}" for person in people[:2])

    def folder(self, person, when):
        hour = when.strftime("%I%M %p").lstrip("0")
        return f"{40_000 + person.number}-7 - {person.name} - {when:%b} {when.day}, {when.year} {hour}"

    def export(self, people, grades=None):
        header = ["OrgDefinedId", "Username", "Last Name", "First Name", "Email", self.column]
        rows = [[*header, "End-of-Line Indicator"]]
        for person in people:
            who = [f"#{person.school_id}", f"#{person.account}", person.last, person.first, person.email]
            rows.append([*who, (grades or {}).get(person.account, ""), "#"])
        return table(rows)

    def grades(self, content, people):
        rows = rows_of(content)
        assert list(rows[0]) == ["OrgDefinedId", "Username", self.column, "End-of-Line Indicator"]
        by_id = {f"#{person.school_id}": person.account for person in people}
        return {by_id[row["OrgDefinedId"]]: row[self.column] for row in rows}

    def pages(self, archive, people):
        by_folder = {self.folder(each, when): each.account for each in people for when, _ in each.versions}
        return {by_folder[name.split("/")[0]]: archive.read(name) for name in archive.namelist()}


class Blackboard(Platform):
    """Blackboard Learn: names of "Assignment File Download", "Upload or download grades"."""

    name, export_name, knows_times = "blackboard", "gc_NEURO_column_2027-02-14.xls", True
    column = f"{TITLE} [Total Pts: 100 Score] |4321"

    def archive(self, people, path):
        files = {}
        for person in people:
            for when, content in person.versions:
                head = f"{TITLE}_{person.account}_attempt_{when:%Y-%m-%d-%H-%M-%S}"
                files |= {f"{head}.txt": b"Name: x", f"{head}_adding.ipynb": content}
        return zipped(path / "submissions.zip", files)

    def export(self, people, grades=None):
        rows = [
            ["Last Name", "First Name", "Username", "Student ID", "Last Access", "Availability", self.column]
        ]
        for person in people:
            who = [person.last, person.first, person.account, person.school_id, "2027-02-01 10:00:00", "Yes"]
            rows.append([*who, (grades or {}).get(person.account, "")])
        return b"\xff\xfe" + table(rows, separator="\t", encoding="utf-16-le")

    def grades(self, content, people):
        assert content.startswith(b"\xff\xfe")
        rows = rows_of(content[2:], separator="\t", encoding="utf-16-le")
        assert list(rows[0]) == ["Last Name", "First Name", "Username", "Student ID", self.column]
        return {row["Username"]: row[self.column] for row in rows}

    def pages(self, archive, people):
        return {name.split("/")[0]: archive.read(name) for name in archive.namelist()}


class Elsewhere(Platform):
    """A table of the class that a person made, and a plain table and folders that go back."""

    name, export_name, has_gradebook, lists_who_left = "csv", "class.csv", False, False
    titles = ("First name", "Last name", "Email address", "Student ID", "Username")

    def export(self, people, grades=None):
        rows = [[each.first, each.last, each.email, each.school_id, each.account] for each in people]
        return table([self.titles, *rows])

    def grades(self, content, people):
        by_mail = {person.email: person.account for person in people}
        return {by_mail[row["email"]]: row["score"] for row in rows_of(content) if row["email"] in by_mail}

    def pages(self, archive, people):
        """Its folders are called like those of students, which hold a name or an account."""
        found = {}
        for name in archive.namelist():
            (person,) = (each for each in people if self.is_of(name.split("/")[0], each, people))
            found[person.account] = archive.read(name)
        return found

    def is_of(self, folder, person, people):
        plain = re.sub(r"[^\w.@-]+", "_", person.name).strip("._-")
        namesakes = [each for each in people if each.name == person.name]
        return folder == (plain if len(namesakes) == 1 else f"{plain}_{person.school_id}")


class Gradescope(Elsewhere):
    """Its export of submissions: a folder each, and submission_metadata.yml, which says whose and when."""

    knows_times = True

    def archive(self, people, path):
        files, told, top = {}, {}, "assignment_91_export"
        for person in people:
            for when, content in person.versions[-1:]:
                folder = f"submission_{700_000 + person.number}"
                files[f"{top}/{folder}/adding.ipynb"] = content
                who = {":name": person.name, ":sid": person.school_id, ":email": person.email}
                told[folder] = {":submitters": [who], ":created_at": f"{when:%Y-%m-%d %H:%M:%S}.000000000 Z"}
        return zipped(path / "export.zip", {**files, f"{top}/submission_metadata.yml": yaml.safe_dump(told)})


class Classroom(Elsewhere):
    """Its folder in Drive, downloaded: copies are called like their students, and nothing tells the time."""

    knows_times = False

    def archive(self, people, path):
        top = "NEURO - Homework 1"
        files = {}
        for person in people:
            for _, content in person.versions[-1:]:
                # Two namesakes have files of one name, which a person has called like the students' folders.
                is_namesake = [each.name for each in people].count(person.name) > 1
                name = f"Ada_Lovelace_{person.school_id}" if is_namesake else person.name
                files[f"{top}/{name} - adding.ipynb"] = content
        return zipped(path / "drive-download.zip", files)


class Clones(Elsewhere):
    """github/gh-classroom, pkg/cmd/clone: a clone for each account, and no time that anybody but git says."""

    knows_times = False

    def archive(self, people, path):
        top = path / "glm-submissions"
        for person in people:
            for _, content in person.versions[-1:]:
                clone = top / f"glm-{person.account}"
                (clone / ".git").mkdir(parents=True, exist_ok=True)
                (clone / "adding.ipynb").write_bytes(content)
        return top


class Exchange(Elsewhere):
    """nbgrader/exchange/default/submit.py and apps/dbapp.py: folders of users, a roster of its own form."""

    knows_times = True
    titles = ("first_name", "last_name", "email", "lms_user_id", "id")

    def archive(self, people, path):
        for person in people:
            for when, content in person.versions:
                folder = path / "inbound" / f"{person.account}+01_adding+{when:%Y-%m-%d %H:%M:%S}.000001 UTC"
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "adding.ipynb").write_bytes(content)
                (folder / "timestamp.txt").write_text(f"{when:%Y-%m-%d %H:%M:%S} UTC")
        return path / "inbound"

    def is_of(self, folder, person, people):
        return folder == person.account


PLATFORMS = {
    "Canvas": Canvas(),
    "Moodle, in folders": Moodle(),
    "Moodle, flat": FlatMoodle(),
    "Brightspace": Brightspace(),
    "Blackboard": Blackboard(),
    "Gradescope": Gradescope(),
    "Google Classroom": Classroom(),
    "git clones": Clones(),
    "nbgrader's exchange": Exchange(),
}
