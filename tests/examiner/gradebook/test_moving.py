from datetime import timedelta

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from examiner.collecting import roster
from examiner.commands import main
from examiner.errors import GradebookError
from examiner.gradebook import moving, scores
from examiner.gradebook.database import open_gradebook
from examiner.gradebook.returned import read_returned, write_returned
from examiner.gradebook.roster import (
    read_column,
    read_export,
    read_members,
    read_names,
    write_column,
    write_names,
)
from tests.examiner.verdicts import unreadable, verdict_on


@pytest.fixture
def graded(course, assignment):
    """A class with all that a gradebook holds: names, a manual score, a comment, an extension, lateness."""
    for student in ("ada", "ben"):
        folder = course.path("submitted", assignment, student)
        folder.mkdir(parents=True)
        (folder / "timestamp.txt").write_text("2027-02-14 10:00:00.123456 UTC")
        scores.record(course, assignment, verdict_on(student, add=student == "ada"))
    scores.record(course, assignment, unreadable("cleo"))
    with open_gradebook(course) as book:
        book.update_or_create_student(
            "ada", first_name="Ada", last_name="Løvelace", email="a@b", lms_user_id="7"
        )
        book.update_or_create_student("dan", first_name="Dan")
        grade = book.find_grade("why", "adding", assignment.name, "ada")
        grade.manual_score, grade.needs_manual_grade = 33.3, False
        book.find_comment("why", "adding", assignment.name, "ada").manual_comment = "So, “yes”."
        book.grant_extension(assignment.name, "ben", days=1, hours=3)
        book.db.commit()
    return course


def test_everything_moves_and_nbgrader_exports_the_same(graded, assignment, postgresql, monkeypatch, capsys):
    before = scores.scores(graded, assignment)
    monkeypatch.chdir(graded.root)
    with postgresql.database("moved") as url:
        assert main(["gradebook", url]) == 0
        said = capsys.readouterr().out
        monkeypatch.setenv("GRADEBOOK_URL", url)
        assert scores.scores(graded, assignment) == before
        scores.record(graded, assignment, verdict_on("ada", why="Changed."))
        with open_gradebook(graded) as book:
            assert book.find_submission(assignment.name, "ben").extension == timedelta(days=1, hours=3)
            assert book.find_student("ada").last_name == "Løvelace"
    assert said.startswith("4 students and 3 submissions were moved to moved on ")
    assert "`nbgrader export` writes the same 5 lines from both.\nFrom now on set GRADEBOOK_URL" in said
    score = before["ada"]
    assert (score.written["why"].points, score.comments["why"], score.to_recheck) == (33.3, "So, “yes”.", 0)


def test_a_gradebook_moves_back_into_sqlite(graded, assignment, postgresql, monkeypatch, tmp_path):
    before = scores.scores(graded, assignment)
    with postgresql.database("moved") as url:
        moving.move(graded, url)
        monkeypatch.setenv("GRADEBOOK_URL", url)
        moving.move(graded, f"sqlite:///{tmp_path}/back.db")
    monkeypatch.setenv("GRADEBOOK_URL", f"sqlite:///{tmp_path}/back.db")
    assert scores.scores(graded, assignment) == before


def test_a_database_that_holds_a_gradebook_is_refused(graded, tmp_path):
    address = f"sqlite:///{tmp_path}/other.db"
    moving.move(graded, address)
    with pytest.raises(GradebookError, match=r"other.db holds a gradebook already \(.*student.*Expected"):
        moving.move(graded, address)


def test_the_gradebook_itself_is_refused(graded):
    with pytest.raises(GradebookError, match="nothing was moved: .* is the gradebook that is in use"):
        moving.move(graded, f"sqlite:///{graded.root}/gradebook.db")


def test_an_address_that_is_none_names_where_it_stands(graded):
    with pytest.raises(GradebookError, match="^TO begins with mysql://, expected postgresql://"):
        moving.move(graded, "mysql://db/course")


def test_a_gradebook_that_does_not_arrive_whole_leaves_nothing(graded, tmp_path, monkeypatch):
    def lose_a_score(source, target):
        copy(source, target)
        with target.engine.begin() as connection:
            connection.execute(text("UPDATE grade SET auto_score = 59 WHERE auto_score = 60"))

    copy = moving._copy
    monkeypatch.setattr(moving, "_copy", lose_a_score)
    with pytest.raises(GradebookError, match="nothing was moved: `nbgrader export` would not be the same"):
        moving.move(graded, f"sqlite:///{tmp_path}/other.db")
    engine = create_engine(f"sqlite:///{tmp_path}/other.db", poolclass=NullPool)
    assert inspect(engine).get_table_names() == []


def test_the_roster_moves_with_what_the_way_back_needs(course, assignment, tmp_path, monkeypatch):
    told = "Identifier,Full name,Email address,Grade,Maximum Grade,Last modified (grade)\n"
    path = tmp_path / "Grades.csv"
    path.write_bytes(
        b"\xef\xbb\xbf"
        + f"{told}Participant 117,Zoë Li,zoe@uni.example,,100,-\n".encode()
        + b"Participant 118,Ben Ray,ben@uni.example,,100,-\n"
    )
    taken = roster.take_roster(course, path, assignment)
    roster.mark_departed(course, ["Ben_Ray"], departed=True)
    write_names(course, {("Zoë_Li", assignment.name, "Moodle"): "Zoë Li_117_assignsubmission_file_"})
    write_column(course, "Canvas", assignment, "Homework 1")
    write_returned(course, "Moodle", assignment, {"Zoë_Li": (80.5, "a page")})
    before = everything_of_the_class(course, assignment)
    assert set(taken.enrolment.new) == {"Zoë_Li", "Ben_Ray"}
    address = f"sqlite:///{tmp_path}/moved.db"
    moving.move(course, address)
    monkeypatch.setenv("GRADEBOOK_URL", address)
    assert everything_of_the_class(course, assignment) == before
    assert roster.take_roster(course, path, assignment).enrolment.new == ()


def everything_of_the_class(course, assignment):
    members = read_members(course)
    assert members["Ben_Ray"].departed
    return (
        members,
        read_export(course, "Moodle", assignment),
        read_names(course, "Moodle", assignment),
        read_column(course, "Canvas", assignment),
        read_returned(course, "Moodle", assignment),
    )
