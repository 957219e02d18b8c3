"""nbgrader's own way from end to end: an instructor, students, and an exchange between their homes."""

import csv
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import Exchange

from examiner import nbgrader_export
from examiner.commands import main
from examiner.course.facts import read_course
from examiner.gradebook import scores
from examiner.gradebook.converters import load_config, nbgrader_at_ease
from examiner.publishing.release import solution
from tests.examiner.conftest import ROOT
from tests.examiner.verdicts import verdict_on


class Exchanged:
    """A course that is due tomorrow by this machine's clock, and an exchange in a folder of its own."""

    def __init__(self, course, folder):
        path = course.root / "course.toml"
        due = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="seconds")
        path.write_text(path.read_text().replace("2027-02-12T23:59:00Z", due))
        self.course = read_course(course.root)
        self.assignment = self.course.assignments[0]
        self.folder = folder
        (folder / "exchange").mkdir()
        (folder / "exchange").chmod(0o777)

    def run(self, user, command, *arguments):
        """Run one of nbgrader's commands as the instructor or as a student, each in a home of their own."""
        home = self.folder / user
        home.mkdir(exist_ok=True)
        settings = [f"--Exchange.root={self.folder / 'exchange'}"] if not command.startswith("db") else []
        if user != "instructor":
            settings += ["--course", "tiny", "--student", user]
        program = [sys.executable, "-W", "ignore", "-m", "nbgrader", *command.split(), *arguments, *settings]
        done = subprocess.run(
            program,
            cwd=self.course.root if user == "instructor" else home,
            env={
                **os.environ,
                "HOME": str(home),
                "JUPYTER_DATA_DIR": str(home / "data"),
                "JUPYTER_CONFIG_DIR": str(home / "config"),
                "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
                "PYTHONPATH": str(ROOT),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def submit(self, student, answers=None):
        """Fetch, solve and submit the assignment."""
        self.run(student, "fetch_assignment", self.assignment.name)
        notebook = solution(self.course, self.assignment)
        for cell in notebook.cells:
            cell.source = (answers or {}).get(cell.id, cell.source)
        nbformat.write(notebook, self.folder / student / self.assignment.name / self.assignment.filename)
        self.run(student, "submit", self.assignment.name)

    def page(self, student):
        """Fetch a student's feedback and return the page."""
        self.run(student, "fetch_feedback", self.assignment.name)
        (page,) = (self.folder / student / self.assignment.name / "feedback").rglob("*.html")
        return page.read_text()


@pytest.fixture
def exchanged(course, tmp_path):
    """The course with its exchange; the assignment lies there."""
    made = Exchanged(course, tmp_path)
    name = made.assignment.name
    made.run("instructor", "generate_assignment", name, "--force")
    made.run("instructor", "release_assignment", name)
    return made


def test_nbgraders_own_commands_go_from_the_source_to_each_students_feedback(exchanged):
    name = exchanged.assignment.name
    exchanged.submit("ada")
    exchanged.submit("ben", {"add": "def add(a, b):\n    return 3"})
    for command in ("collect", "autograde", "generate_feedback", "release_feedback"):
        exchanged.run("instructor", command, name)
    book = scores.scores(exchanged.course, exchanged.assignment)
    assert {student: score.total for student, score in book.items()} == {"ada": 65, "ben": 5}
    pages = {student: re.sub("<[^>]+>", "", exchanged.page(student)) for student in ("ada", "ben")}
    assert ("return a + b" in pages["ada"], "return 3" in pages["ada"]) == (True, False)
    assert ("return a + b" in pages["ben"], "return 3" in pages["ben"]) == (False, True)
    exchanged.run("instructor", "export", "--to", "grades.csv")
    exporter = "--exporter=examiner.nbgrader_export.GradesWithLateness"
    exchanged.run("instructor", "export", exporter, "--to", "more.csv")
    plain, more = (rows_of(exchanged.course.root / path) for path in ("grades.csv", "more.csv"))
    assert [{name: row[name] for name in plain[0]} for row in more] == plain
    assert [(row["extra_credit"], row["hours_late"], row["answers_to_grade"]) for row in more] == [
        ("5.0", "0.0", "1"),
        ("5.0", "0.0", "1"),
    ]


def test_what_make_grade_and_make_feedback_write_goes_back_by_the_exchange(
    exchanged, assignment, hand_in, monkeypatch
):
    exchanged.submit("ada")
    exchanged.run("instructor", "collect", assignment.name)
    hand_in("by_zip")
    monkeypatch.chdir(exchanged.course.root)
    assert (main(["grade"]), main(["feedback"])) == (0, 0)
    said = exchanged.run("instructor", "release_feedback", assignment.name)
    assert "the work of these students did not come by the exchange (1): by_zip." in said
    page = exchanged.course.root / "feedback" / "ada" / assignment.name / "adding.html"
    assert exchanged.page("ada") == page.read_text()
    exchanged.run("instructor", "generate_feedback", assignment.name, "--force")
    exchanged.run("instructor", "release_feedback", assignment.name)
    shutil.rmtree(exchanged.folder / "ada" / assignment.name / "feedback")
    assert "Feedback for ada" not in exchanged.page("ada")  # but nbgrader's own page


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_nbgraders_table_of_students_is_filled_and_emptied_by_its_commands(course, assignment, tmp_path):
    scores.record(course, assignment, verdict_on("ada"))
    made = Exchanged(course, tmp_path)
    (course.root / "students.csv").write_text("id,first_name,last_name,email\nada,Ada,Lovelace,ada@x.org\n")
    made.run("instructor", "db student import", "students.csv")
    assert "ada (Lovelace, Ada) -- ada@x.org" in made.run("instructor", "db student list")
    made.run("instructor", "db student remove", "ada", "--force")
    assert scores.scores(course, assignment) == {}
    scores.record(course, assignment, verdict_on("ada"))
    assert scores.scores(course, assignment)["ada"].total == 65


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("@x", "'@x"),
        ("-1", "'-1"),
        (-1.0, "-1.0"),
        ("Ada", "Ada"),
        (None, ""),
    ],
)
def test_no_cell_of_an_export_becomes_a_formula(text, shown):
    assert nbgrader_export.plain(text) == shown


def test_a_comma_in_a_name_moves_no_column_of_an_export(course, assignment, tmp_path):
    scores.record(course, assignment, verdict_on("ada"))
    with scores.open_gradebook(course) as book:
        book.update_or_create_student("ada", last_name='Lovelace, "A."', first_name="=HYPERLINK(1)")
        nbgrader_export.GradesWithLateness(to=str(tmp_path / "grades.csv")).export(book)
    (row,) = rows_of(tmp_path / "grades.csv")
    assert (row["last_name"], row["first_name"]) == ('Lovelace, "A."', "'=HYPERLINK(1)")
    assert (row["raw_score"], row["extra_credit"]) == ("65.0", "5.0")


@pytest.mark.parametrize(
    ("root", "warns"),
    [("unset", False), ("nowhere/at/all", True)],
    ids=["no exchange", "one that is missing"],
)
def test_formgrader_warns_of_a_missing_exchange_only_where_one_is_meant(course, monkeypatch, root, warns):
    monkeypatch.chdir(course.root)
    nowhere = str(course.root / "nowhere")
    if root == "unset":
        monkeypatch.setattr(Exchange.root, "default_value", nowhere)
    with nbgrader_at_ease():
        config = load_config(course)
        config.Exchange.root = nowhere
        api = NbGraderAPI(CourseDirectory(config=config), config=config)
    assert (api.exchange_missing, bool(api.exchange_is_functional)) == (warns, False)
