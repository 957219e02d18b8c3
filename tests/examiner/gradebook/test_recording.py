import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import func, select, update
from sqlalchemy.pool import NullPool

from examiner.errors import NotReleased, Unrecordable
from examiner.gradebook import scores
from examiner.gradebook.converters import load_config, nbgrader_at_ease
from examiner.gradebook.database import connect, open_gradebook
from examiner.gradebook.recording import Writer, check_name, open_writer
from examiner.gradebook.schema import ANSWERS, BONUSES
from examiner.gradebook.tables import COMMENTS, GRADES, NOTEBOOKS, STUDENTS, SUBMISSIONS
from tests.examiner.conftest import ROOT, query_plan
from tests.examiner.verdicts import verdict_on

N_STUDENTS = 120
STUDENTS_OF_A_CLASS = [f"student{number:03}" for number in range(N_STUDENTS)]

RECORD_UNTIL_KILLED = """
from itertools import count
from pathlib import Path

from examiner.course.facts import read_course
from examiner.gradebook.recording import open_writer
from tests.examiner.verdicts import verdict_on

course = read_course(Path.cwd())
with open_writer(course) as writer:
    for number in count():
        writer.record(course.assignments[0], verdict_on(f"student{number}"))
        print(number, flush=True)
"""


def rows(course):
    """All that a recording may write, as it stands in the gradebook."""
    with connect(course) as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in (STUDENTS, SUBMISSIONS, NOTEBOOKS, GRADES, COMMENTS, ANSWERS, BONUSES)
        }


def test_a_submission_is_laid_out_as_nbgrader_itself_lays_it_out(course, assignment, each_database):
    with open_writer(course) as writer:
        writer.record(assignment, verdict_on("ours"))
    with open_gradebook(course) as book:
        book.add_student("theirs")
        book.add_submission(assignment.name, "theirs")
        told = {}
        for student in ("ours", "theirs"):
            notebook = book.find_submission_notebook("adding", assignment.name, student)
            grades = {(grade.name, grade.max_score, grade.cell_type) for grade in notebook.grades}
            comments = {(comment.name, comment.comment) for comment in notebook.comments}
            told[student] = (grades, comments, notebook.flagged, len(notebook.assignment.notebooks))
    assert told["ours"] == told["theirs"]
    assert {name for name, *_ in told["ours"][0]} == {"add-test", "double-test", "why"}


def test_recording_a_verdict_again_writes_nothing(course, assignment, each_database):
    with open_writer(course) as writer:
        writer.record(assignment, verdict_on())
        before = rows(course)
        writer.record(assignment, verdict_on())
    assert rows(course) == before
    scores.record(course, assignment, verdict_on())
    assert rows(course) == before


def test_one_writer_records_what_one_verdict_after_the_other_records(course, assignment, each_database):
    verdicts = [verdict_on("ada"), verdict_on("ben", add=False), verdict_on("ada", double=False, why="")]
    with open_writer(course) as writer:
        for verdict in verdicts:
            writer.record(assignment, verdict)
    together = scores.scores(course, assignment)
    with open_gradebook(course) as book:
        for student in ("ada", "ben"):
            book.remove_submission(assignment.name, student)
    for verdict in verdicts:
        scores.record(course, assignment, verdict)
    assert scores.scores(course, assignment) == together


def test_a_verdict_that_was_recorded_is_there_for_others_at_once(course, assignment, each_database):
    with open_writer(course) as writer:
        for student in ("ada", "ben"):
            writer.record(assignment, verdict_on(student))
            assert scores.scores(course, assignment)[student].total == 65


def test_the_cost_of_a_verdict_does_not_depend_on_the_class(course, assignment, each_database, statements):
    counts = []
    with open_writer(course) as writer:
        for student in STUDENTS_OF_A_CLASS:
            statements.clear()
            writer.record(assignment, verdict_on(student))
            counts.append(len(statements))
    assert len(set(counts[1:])) == 1


def test_recording_never_reads_a_table_from_end_to_end(course, assignment, statements):
    with open_writer(course) as writer:
        for verdict in (verdict_on(), verdict_on(), verdict_on(add=False, double=False, why="Changed.")):
            writer.record(assignment, verdict)
    told = {statement for statement in statements if statement.startswith(("SELECT", "UPDATE"))}
    with connect(course) as connection:
        steps = query_plan(connection, told)
    assert [step for step in steps if "grade USING INDEX examiner_grade_notebook" in step]
    one_row = "SCAN alembic_version"
    scans = [step for step in steps if step.startswith("SCAN") and step != one_row]
    assert not [step for step in scans if "sqlite_" not in step]


def test_before_the_release_recording_says_what_to_run(course, assignment):
    (course.root / "gradebook.db").unlink()
    with (
        pytest.raises(NotReleased, match="^01_adding is not in the gradebook yet: run `make release` first$"),
        open_writer(course) as writer,
    ):
        writer.record(assignment, verdict_on())


@pytest.mark.parametrize(
    ("student", "told"),
    [
        (
            "x" * 129,
            "a student's name may have 128 characters, got 129: rename submitted/xxxxxxxxxxxxxxxxxxxx...",
        ),
        ("ad\udce9", r"a student's name must be text in UTF-8: rename submitted/'ad\udce9'"),
    ],
    ids=["too long", "other bytes"],
)
def test_a_name_that_the_gradebook_cannot_hold_is_told_and_stops_no_other(
    course, assignment, each_database, student, told
):
    with open_writer(course) as writer:
        with pytest.raises(Unrecordable) as error:
            writer.record(assignment, verdict_on(student))
        writer.record(assignment, verdict_on("ada"))
    assert str(error.value) == told
    assert list(scores.scores(course, assignment)) == ["ada"]


def test_names_of_128_characters_and_of_any_script_are_recorded(course, assignment, each_database):
    names = ["x" * 128, "Ада Лавлейс", "o'brien %s :x", "学生"]
    with open_writer(course) as writer:
        for name in names:
            check_name(name)
            writer.record(assignment, verdict_on(name))
    assert set(scores.scores(course, assignment)) == set(names)


def test_nothing_that_was_recorded_is_lost_or_half_written_at_a_kill(course, assignment):
    how = {"cwd": course.root, "env": {**os.environ, "PYTHONPATH": str(ROOT)}, "text": True}
    with subprocess.Popen(
        [sys.executable, "-c", RECORD_UNTIL_KILLED], stdout=subprocess.PIPE, **how
    ) as process:
        told = [process.stdout.readline() for _ in range(30)]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()
    book = scores.scores(course, assignment)
    assert {f"student{int(number)}" for number in told if number.endswith("\n")} <= set(book)
    assert {(len(score.earned), score.total, score.to_grade) for score in book.values()} == {(3, 65, 1)}
    with open_writer(course) as writer:
        writer.record(assignment, verdict_on("student0", add=False))
    assert scores.scores(course, assignment)["student0"].total == 5


def test_a_connection_that_the_server_ends_is_made_again(
    course, assignment, postgresql, released_database, monkeypatch
):
    with postgresql.database("ended", like=released_database) as url:
        monkeypatch.setenv("GRADEBOOK_URL", url)
        with open_writer(course) as writer:
            writer.record(assignment, verdict_on("ada"))
            postgresql.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'ended'"
            )
            writer.record(assignment, verdict_on("ben"))
        assert set(scores.scores(course, assignment)) == {"ada", "ben"}


def test_a_submission_that_something_else_adds_at_the_same_moment_is_recorded(
    course, assignment, each_database, monkeypatch
):
    add = Writer._add

    def add_too_late(writer, layout, student):
        monkeypatch.setattr(Writer, "_add", add)
        writer._connection.rollback()  # nothing is locked: here `nbgrader autograde` gets in between
        with open_gradebook(course) as book:
            book.add_student(student)
            book.add_submission(assignment.name, student)
        raise sqlalchemy.exc.IntegrityError("INSERT", {}, Exception("unique constraint"))

    monkeypatch.setattr(Writer, "_add", add_too_late)
    scores.record(course, assignment, verdict_on())
    assert scores.scores(course, assignment)["student"].total == 65


@pytest.fixture
def graders(course):
    """A function that opens the gradebook as one more process of Formgrader does."""
    directory = CourseDirectory(config=load_config(course))
    with nbgrader_at_ease():
        yield lambda: Gradebook(directory.db_url, directory.course_id)


def score_by_hand(open_book, assignment, students, ready):
    """Score and comment on the written answer of each student, with a commit for each, as Formgrader does."""
    with open_book() as book:
        ready.wait()
        for student in students:
            grade = book.find_grade("why", "adding", assignment.name, student)
            grade.manual_score, grade.needs_manual_grade = float(student[-2:]), False
            book.db.commit()
            comment = book.find_comment("why", "adding", assignment.name, student)
            comment.manual_comment = f"Dear {student}"
            book.db.commit()


def test_several_people_grade_while_a_batch_is_recorded_and_nothing_is_lost(
    course, assignment, each_database, graders
):
    n_graders, n_recorded = 3, 0
    ready = Barrier(n_graders + 1)
    with open_writer(course) as writer, ThreadPoolExecutor(n_graders) as pool:
        for student in STUDENTS_OF_A_CLASS:
            writer.record(assignment, verdict_on(student, add=False, double=False))
        work = [
            pool.submit(score_by_hand, graders, assignment, STUDENTS_OF_A_CLASS[part::n_graders], ready)
            for part in range(n_graders)
        ]
        ready.wait()
        while not all(part.done() for part in work) or n_recorded == 0:
            for add in (False, True):
                for student in STUDENTS_OF_A_CLASS:
                    writer.record(assignment, verdict_on(student, add=add))
                    n_recorded += 1
        for part in work:
            part.result()
    book = scores.scores(course, assignment)
    assert len(book) == N_STUDENTS <= n_recorded
    for student, score in book.items():
        assert score.written["why"] == scores.WrittenScore(float(student[-2:]), 40.0, waiting=False)
        assert score.comments == {"why": f"Dear {student}"}
        assert (score.earned["add-test"], score.bonus, score.to_recheck) == (60, 5, 0)


def test_two_writers_record_the_same_class_and_no_submission_is_there_twice(
    course, assignment, each_database
):
    ready = Barrier(2)

    def record_class():
        with open_writer(course) as writer:
            ready.wait()
            for student in STUDENTS_OF_A_CLASS:
                writer.record(assignment, verdict_on(student))

    with ThreadPoolExecutor(1) as pool, open_writer(course) as writer:
        work = pool.submit(record_class)
        ready.wait()
        for student in STUDENTS_OF_A_CLASS:
            writer.record(assignment, verdict_on(student))
        work.result()
    with connect(course) as connection:
        for table, per_student in (
            (STUDENTS, 1),
            (SUBMISSIONS, 1),
            (NOTEBOOKS, 1),
            (GRADES, 3),
            (BONUSES, 1),
        ):
            assert connection.scalar(select(func.count()).select_from(table)) == per_student * N_STUDENTS


def test_nobody_scores_an_answer_between_the_reading_and_the_writing_of_its_grade(
    course, assignment, each_database, monkeypatch
):
    find, tried = Writer._find, []
    soon = {"timeout": 0} if each_database == "sqlite" else {"options": "-c lock_timeout=20ms"}

    def find_while_a_person_scores(writer, layout, student):
        held = find(writer, layout, student)
        engine = sqlalchemy.create_engine(
            writer._connection.engine.url, poolclass=NullPool, connect_args=soon
        )
        with pytest.raises(sqlalchemy.exc.OperationalError, match="lock"), engine.begin() as person:
            person.execute(update(GRADES).values(manual_score=30.0))
        tried.append(student)
        return held

    scores.record(course, assignment, verdict_on())
    monkeypatch.setattr(Writer, "_find", find_while_a_person_scores)
    scores.record(course, assignment, verdict_on(add=False))
    assert tried == ["student"]
