"""A class in a week: what it handed in is collected, verdicts are recorded, and pages can be written."""

import shutil

import nbformat

from examiner.gradebook.database import open_gradebook
from examiner.gradebook.recording import open_writer
from examiner.publishing.release import solution
from examiner.verdict import write_verdict
from tests.examiner.verdicts import verdict_on


def grade(course, assignment, students, *, waiting=()):
    """Grade students as the examiner would, without running anything, and score their written answers."""
    folders = [course.path("autograded", assignment, student) for student in students]
    with open_writer(course) as writer:
        for number, (student, folder) in enumerate(zip(students, folders, strict=True)):
            folder.mkdir(parents=True, exist_ok=True)
            verdict = verdict_on(student, add=number % 3 > 0, double=False)
            write_verdict(verdict, folder)
            writer.record(assignment, verdict)
    nbformat.write(solution(course, assignment), folders[0] / assignment.filename)
    for folder in folders[1:]:
        shutil.copy(folders[0] / assignment.filename, folder)
    give(course, assignment, {student: 35.0 for student in students if student not in waiting})


def give(course, assignment, points):
    """Give written answers points, as Formgrader does."""
    with open_gradebook(course) as book:
        for student, given in points.items():
            mark = book.find_grade("why", assignment.notebook, assignment.name, student)
            mark.manual_score, mark.needs_manual_grade = given, False
        book.db.commit()
