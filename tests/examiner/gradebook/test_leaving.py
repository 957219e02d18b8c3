"""Who is removed is gone from the roster and from all that goes back, and nobody else is touched."""

from datetime import UTC, datetime

from sqlalchemy import select

from examiner.collecting.collect import collect
from examiner.collecting.roster import take_roster
from examiner.gradebook.class_tables import TABLES, connect_class
from examiner.gradebook.leaving import remove_students
from examiner.gradebook.roster import read_members
from examiner.gradebook.scores import scores
from examiner.returning.way_back import give_back
from tests.examiner.returning.conftest import grade
from tests.examiner.returning.platforms import PLATFORMS, class_of_30, rows_of

CANVAS = PLATFORMS["Canvas"]
NOW = datetime(2027, 3, 1, tzinfo=UTC)


def test_who_is_removed_from_a_roster_is_gone_from_it_and_from_the_way_back(course, assignment, tmp_path):
    people, _ = class_of_30()
    people = people[:4]
    path = tmp_path / CANVAS.export_name
    path.write_bytes(CANVAS.export(people))
    folders = take_roster(course, path).enrolment.new
    collect(course, CANVAS.archive(people, tmp_path))
    grade(course, assignment, sorted(folders))
    give_back(course, assignment, "canvas")
    gone = "Ada_Lovelace_81"
    others = {name: member for name, member in read_members(course).items() if name != gone}
    aside = remove_students(course, [gone], NOW)
    assert read_members(course) == others
    assert gone not in scores(course, assignment)
    assert rows_that_name(course, gone) == []
    assert (aside / "submitted" / gone / "01_adding" / "adding.ipynb").is_file()
    assert f"{gone},01_adding,why," in (aside / "scores.csv").read_text(encoding="utf-8")

    summary = give_back(course, assignment, "csv")
    returned = rows_of((course.root / summary.files[0]).read_bytes())
    assert {row["student"] for row in returned} == set(others)
    taken = take_roster(course, path)
    assert taken.enrolment.new == (gone,)
    assert {name: member for name, member in read_members(course).items() if name != gone} == others


def rows_that_name(course, student):
    """Return what the tables of the roster and of the way back still hold of a student."""
    with connect_class(course) as connection, connection.begin():
        tables = [table for table in TABLES if "student" in table.c]
        rows = [connection.execute(select(table).where(table.c.student == student)).all() for table in tables]
    assert len(tables) >= 4
    return [row for found in rows for row in found]
