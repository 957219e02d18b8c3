"""Lets a graded class be a larger one by simulation: each further student is graded as one of the first.

Notebooks are links to those of the first students. Verdicts and the gradebook's rows are students' own. Rows
are copied many at a time, so that a class of 100,000 is there in minutes.
"""

import shutil
from dataclasses import replace

from sqlalchemy import insert, select, update

from examiner.gradebook.database import connect, writing
from examiner.gradebook.schema import ANSWERS, BONUSES, new_id, read_layout
from examiner.gradebook.tables import COMMENTS, GRADES, NOTEBOOKS, STUDENTS, SUBMISSIONS
from examiner.results.report import read_verdicts
from examiner.verdict import write_verdict

_AT_ONCE = 500  # students in one transaction


def multiply_class(course, assignment, n_students):
    """Add students to a graded class until it has so many, each graded as one of those who are there."""
    first = read_verdicts(course, assignment)
    more = {f"student{place:06}": first[place % len(first)] for place in range(len(first), n_students)}
    with connect(course) as connection:
        layout = read_layout(connection, assignment)
        rows = {verdict.student: _rows_of(connection, layout, verdict.student) for verdict in first}
        connection.rollback()
        students = list(more)
        for begin in range(0, len(students), _AT_ONCE):
            some = students[begin : begin + _AT_ONCE]
            _insert(connection, [_copied(rows[more[student].student], student) for student in some])
    for student, like in more.items():
        for step in ("submitted", "autograded"):
            _link(course.path(step, assignment, like.student), course.path(step, assignment, student))
        write_verdict(replace(like, student=student), course.path("autograded", assignment, student))


def score_all(course):
    """Score each written answer that waits, as a person would, so that everybody's grade can go back."""
    with connect(course) as connection, writing(connection):
        scored = {"manual_score": 1.0, "needs_manual_grade": False}
        connection.execute(update(GRADES).where(GRADES.c.needs_manual_grade).values(scored))


def _rows_of(connection, layout, student):
    """Return what the gradebook holds of a student's work, by table; rows that others point to come first."""

    def rows(table, condition):
        return [dict(row._mapping) for row in connection.execute(select(table).where(condition))]

    mine = (SUBMISSIONS.c.student_id == student) & (SUBMISSIONS.c.assignment_id == layout.assignment)
    (submission,) = submissions = rows(SUBMISSIONS, mine)
    (notebook,) = notebooks = rows(NOTEBOOKS, NOTEBOOKS.c.assignment_id == submission["id"])
    grades = rows(GRADES, GRADES.c.notebook_id == notebook["id"])
    ids = [grade["id"] for grade in grades]
    return {
        STUDENTS: [{"id": student}],
        SUBMISSIONS: submissions,
        NOTEBOOKS: notebooks,
        GRADES: grades,
        COMMENTS: rows(COMMENTS, COMMENTS.c.notebook_id == notebook["id"]),
        ANSWERS: rows(ANSWERS, ANSWERS.c.grade.in_(ids)),
        BONUSES: rows(BONUSES, BONUSES.c.grade.in_(ids)),
    }


def _copied(rows, student):
    """Return rows as those of another student: each with an id of its own, and pointing to one another."""
    ids = {row["id"]: new_id() for found in rows.values() for row in found if "id" in row}
    ids[rows[STUDENTS][0]["id"]] = student
    return {
        table: [{name: ids.get(value, value) for name, value in row.items()} for row in found]
        for table, found in rows.items()
    }


def _insert(connection, copies):
    with writing(connection):
        for table in copies[0]:
            if rows := [row for copy in copies for row in copy[table]]:
                connection.execute(insert(table), rows)


def _link(folder, copy):
    copy.mkdir(parents=True)
    for file in folder.iterdir():
        if file.name == "verdict.json":  # everybody has one of their own
            continue
        try:
            (copy / file.name).hardlink_to(file)
        except OSError:  # a file system allows so many links to a file: from here on to a new one
            shutil.copy(file, copy)
            shutil.copy(file, passing := file.with_name(f"{file.name}.passing"))
            passing.replace(file)
