import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy
from nbgrader import dbutil
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.pool import NullPool

from examiner.commands import main
from examiner.doctor import check_gradebook
from examiner.errors import CourseError, ExaminerError, GradebookError
from examiner.gradebook import database, schema, scores
from examiner.gradebook.converters import load_config, nbgrader_at_ease
from tests.examiner.verdicts import verdict_on

EXPECTED = "expected postgresql://USER@HOST/DATABASE or sqlite:////FOLDER/gradebook.db"
UNREACHABLE = "postgresql://grader:secret@127.0.0.1:1/course"
REFUSED = (
    "the gradebook course on 127.0.0.1:1 cannot be used: "
    'connection to server at "127.0.0.1", port 1 failed: Connection refused. '
    "Start the server, or correct GRADEBOOK_URL. What is recorded stays"
)


@pytest.mark.parametrize(
    ("told", "url"),
    [
        ("", ""),
        ("sqlite:////srv/gradebook.db", "sqlite:////srv/gradebook.db"),
        ("postgresql://ada@db/course?connect_timeout=3", "postgresql+psycopg2://ada@db/course?connect_timeout=3"),
        ("postgres://ada:a%40b@db:5433/course", "postgresql+psycopg2://ada:a%40b@db:5433/course?connect_timeout=10"),
    ],
)  # fmt: skip
def test_the_address_is_the_one_of_gradebook_url_for_the_driver_that_is_installed(monkeypatch, told, url):
    monkeypatch.setenv("GRADEBOOK_URL", told)
    assert database.gradebook_url() == url


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ("grader:secret@db/course", f"GRADEBOOK_URL holds no address of a database: {EXPECTED}"),
        (
            "postgresql://grader:sec:ret@db:secret/course",
            f"GRADEBOOK_URL holds no address of a database: {EXPECTED}",
        ),
        ("mysql://grader:secret@db/course", f"GRADEBOOK_URL begins with mysql://, {EXPECTED}"),
        (
            "postgresql+asyncpg://grader:secret@db/x",
            f"GRADEBOOK_URL begins with postgresql+asyncpg://, {EXPECTED}",
        ),
        (
            "postgresql://grader:sec@ret@db/course",
            "GRADEBOOK_URL has more than one @: write one that belongs to the password as %40, "
            "or keep the password in ~/.pgpass",
        ),
    ],
    ids=["no scheme", "port that is none", "mysql", "a driver that is not there", "@ in the password"],
)
def test_an_address_that_is_none_is_refused_in_one_line_without_its_password(
    monkeypatch, course, told, message
):
    monkeypatch.setenv("GRADEBOOK_URL", told)
    with pytest.raises(GradebookError) as error:
        database.gradebook_url()
    assert str(error.value) == message
    assert "sec" not in message
    with pytest.raises(CourseError) as error:  # as nbgrader's own commands meet it, too
        load_config(course)
    assert str(error.value) == f"nbgrader_config.py: {message}. Nothing was run."
    assert str(check_gradebook(course)) == f"FAIL  {message}"


@pytest.mark.parametrize("command", ["release", "grade", "report", "review", "feedback"])
def test_a_server_that_is_not_there_is_one_line_without_the_password(
    course, monkeypatch, capsys, hand_in, command
):
    hand_in("ada")
    verdict = course.root / "autograded" / "ada" / "01_adding" / "verdict.json"
    verdict.parent.mkdir(parents=True)
    verdict.write_text(verdict_on("ada").to_json())
    monkeypatch.chdir(course.root)
    monkeypatch.setenv("GRADEBOOK_URL", UNREACHABLE)
    assert main([command]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"examiner: {REFUSED}"


def test_the_doctor_tells_of_a_server_that_is_not_there(course, monkeypatch):
    monkeypatch.setenv("GRADEBOOK_URL", UNREACHABLE)
    assert str(check_gradebook(course)) == f"FAIL  {REFUSED}"


def test_the_doctor_names_the_database(course, postgresql, released_database, monkeypatch):
    monkeypatch.setenv("GRADEBOOK_URL", postgresql.url(released_database))
    told = str(check_gradebook(course))
    assert told.startswith("ok    the gradebook released on /")
    assert told.endswith(" opens and knows 1 assignment")


def test_a_database_that_is_not_there_is_told(course, postgresql, monkeypatch):
    monkeypatch.setenv("GRADEBOOK_URL", postgresql.url("nowhere"))
    with pytest.raises(
        GradebookError, match='database "nowhere" does not exist. Start the server, or correct'
    ):
        scores.is_released(course, course.assignments[0])


def test_a_gradebook_that_another_program_holds_is_told(course, assignment, monkeypatch):
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.01)
    scores.record(course, assignment, verdict_on())
    holder = create_engine(f"sqlite:///{course.root}/gradebook.db", poolclass=NullPool)
    with holder.connect() as held:
        held.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(GradebookError) as error:
            scores.record(course, assignment, verdict_on(add=False))
    assert str(error.value) == (
        f"the gradebook {course.root}/gradebook.db cannot be used: database is locked. "
        "Another program is writing to it: close that, then run this again"
    )


def test_a_file_that_is_no_database_is_told(course, assignment):
    (course.root / "gradebook.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(
        GradebookError, match="file is not a database. Make the file writable, or restore it from a"
    ):
        scores.is_released(course, assignment)


def test_the_default_is_sqlite_beside_the_course_which_readers_and_writer_share(course, assignment):
    scores.record(course, assignment, verdict_on())
    with database.connect(course) as connection:
        assert connection.engine.url.database == str(course.root / "gradebook.db")
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1
    assert not (course.root / "gradebook.db-wal").exists()


def test_sqlite_elsewhere_is_used_where_gradebook_url_says_so(course, assignment, tmp_path, monkeypatch):
    shutil.move(course.root / "gradebook.db", tmp_path / "elsewhere.db")
    monkeypatch.setenv("GRADEBOOK_URL", f"sqlite:///{tmp_path}/elsewhere.db")
    scores.record(course, assignment, verdict_on())
    assert scores.scores(course, assignment)["student"].total == 65
    assert not (course.root / "gradebook.db").exists()


def test_a_gradebook_of_an_earlier_version_keeps_what_it_knows_of_answers(course, assignment, each_database):
    scores.record(course, assignment, verdict_on())
    with database.connect(course) as connection:
        connection.execute(text("DROP TABLE examiner_bonus"))
        connection.execute(text("UPDATE grade SET manual_score = 30 WHERE auto_score IS NULL"))
        connection.execute(text("UPDATE grade SET needs_manual_grade = false"))
        connection.commit()
    scores.record(course, assignment, verdict_on(why="Changed."))
    score = scores.scores(course, assignment)["student"]
    assert (score.bonus, score.to_recheck) == (5, 1)


def test_a_gradebook_that_another_process_is_making_opens(course, assignment, monkeypatch):
    (course.root / "gradebook.db").unlink()
    opened = []

    def made_meanwhile(*where):
        opened.append(where)
        book = Gradebook(*where)
        if len(opened) > 1:
            return book
        book.close()
        raise ProgrammingError("CREATE TABLE course", {}, Exception('relation "course" already exists'))

    monkeypatch.setattr("nbgrader.api.Gradebook", made_meanwhile)
    assert not scores.is_released(course, assignment)
    assert len(opened) == 2


def test_many_processes_that_open_a_new_gradebook_at_once_all_find_the_tables(course, each_database):
    with database.open_gradebook(course) as book:
        url = book.engine.url
    n_openers = 4
    ready = Barrier(n_openers)

    def add_own_tables():
        engine = create_engine(url, poolclass=NullPool)
        ready.wait()
        schema.add_own_tables(engine)
        return all(inspect(engine).has_table(table.name) for table in schema.OWN_TABLES)

    for _ in range(5):
        with database.connect(course) as connection:
            for table in schema.OWN_TABLES:
                connection.execute(sqlalchemy.schema.DropTable(table))
            connection.commit()
        with ThreadPoolExecutor(n_openers) as pool:
            assert all(work.result() for work in [pool.submit(add_own_tables) for _ in range(n_openers)])


def test_nbgrader_finds_its_schema_up_to_date(course, assignment, each_database):
    scores.record(course, assignment, verdict_on())
    with nbgrader_at_ease():
        dbutil.upgrade(CourseDirectory(config=load_config(course)).db_url)
    with database.connect(course) as connection:
        versions = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
        indexes = {index["name"] for index in inspect(connection).get_indexes("grade")}
    assert versions == ["e43177bfe90b"]
    assert "examiner_grade_notebook" in indexes
    assert scores.scores(course, assignment)["student"].total == 65


@pytest.mark.parametrize("lack", ["DROP TABLE alembic_version", "DELETE FROM alembic_version"])
def test_a_gradebook_that_nbgrader_left_without_a_version_is_mended_and_told(
    course, assignment, each_database, capsys, lack
):
    scores.record(course, assignment, verdict_on())
    with database.connect(course) as connection:
        connection.execute(text(lack))
        connection.commit()
    assert scores.scores(course, assignment)["student"].total == 65
    said = capsys.readouterr().err
    assert said.startswith("The gradebook ")
    assert said.endswith(" had no version, as nbgrader was stopped while it made it. It has one now.\n")
    with nbgrader_at_ease():
        dbutil.upgrade(CourseDirectory(config=load_config(course)).db_url)
    scores.scores(course, assignment)
    assert "version" not in capsys.readouterr().err


def test_a_gradebook_of_an_older_nbgrader_without_a_version_is_not_taken_for_one_of_now(course, assignment):
    with database.connect(course) as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        connection.execute(text("ALTER TABLE student DROP COLUMN lms_user_id"))
        connection.commit()
    with pytest.raises(GradebookError, match="table student has no column lms_user_id: an older nbgrader"):
        database.connect(course).__enter__()


def test_a_demonstration_leaves_the_real_gradebook_alone(course, monkeypatch, capsys):
    monkeypatch.chdir(course.root)
    monkeypatch.setenv("GRADEBOOK_URL", UNREACHABLE)
    (course.root / "tests" / "answers" / "01_adding" / "add" / "right").mkdir(parents=True)
    (course.root / "tests" / "answers" / "01_adding" / "add" / "right" / "plus.py").write_text("add = sum")

    def stop(demo_course, *_):
        assert (demo_course.root / "gradebook.db").exists()
        raise ExaminerError("far enough")

    monkeypatch.setattr("examiner.house.agreement.agree", stop)
    assert main(["demo"]) == 2
    assert capsys.readouterr().err == "examiner: far enough\n"


SETTINGS = {
    "another address": (
        "c.CourseDirectory.db_url = url",
        "c.CourseDirectory.db_url = 'sqlite:////srv/other.db'",
    ),
    "a second file": ("c.CourseDirectory.db_url = url", "load_subconfig('more.py')"),
}


@pytest.mark.parametrize(("ours", "theirs"), SETTINGS.values(), ids=SETTINGS)
def test_the_address_of_settings_that_somebody_has_changed_is_nbgraders(course, ours, theirs):
    path = course.root / "nbgrader_config.py"
    text = path.read_text()
    assert text.count(ours) == 1
    path.write_text(text.replace(ours, theirs))
    (course.root / "more.py").write_text("get_config().CourseDirectory.db_url = 'sqlite:////srv/other.db'\n")
    assert database._address(course) == "sqlite:////srv/other.db"


def test_the_address_of_the_courses_own_settings_is_that_of_nbgrader(course):
    told = CourseDirectory(config=load_config(course)).db_url
    assert database._address(course) == database.address(course) == told
