"""A tiny course of one assignment: two functions, one of extra credit, one written answer."""

import contextlib
import functools
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader import api
from sqlalchemy import Engine, event

from examiner.course.facts import Limits, read_course
from examiner.exam.examination import exam_tests
from examiner.exam.notebook_run import run_notebook
from examiner.exam.selection import binding_cells
from examiner.intake import timestamps
from examiner.notebook import cells
from examiner.publishing.release import release, solution
from examiner.sandbox import nursery_client
from examiner.sandbox.session import Session
from examiner.sandbox.student_client import StudentClient
from tests.examiner.postgresql import programs, running_server

ROOT = Path(__file__).parents[2]
ASSIGNMENT = "01_adding"
RUN_LIMITS = Limits(cell_seconds=5, total_seconds=60)

COURSE = """
title = "A tiny course"
repository = "YOUR-ORGANISATION/tiny"
branch = "main"

[late]
grace_minutes = 15
percent_per_day = 10
percent_at_most = 50

[limits]
cell_seconds = 4
total_seconds = 60
memory_mb = 2000

[[assignments]]
name = "01_adding"
title = "Adding and doubling"
due = 2027-02-12T23:59:00Z
"""

ADD = '''def add(a, b):
    """Return a + b."""
    ### BEGIN SOLUTION
    return a + b
    ### END SOLUTION'''

ADD_TEST = """from neurocourse import checks
checks.check_close(add(1, 2), 3, name="add(1, 2)", hint="Use +.", show_expected=True)
### BEGIN HIDDEN TESTS
checks.check_close(add(31.5, 10), 41.5, name="add on other numbers", hint="It must use both arguments.")
### END HIDDEN TESTS
print("add: all visible checks pass.")"""

DOUBLE = """def double(a):
    ### BEGIN SOLUTION
    return add(a, a)
    ### END SOLUTION"""

DOUBLE_TEST = """from neurocourse import checks
### BEGIN HIDDEN TESTS
@checks.known
def right_sum(a, b):
    return a - -b
checks.stand_in(add=lambda a, b: a + b, right_sum=right_sum)
### END HIDDEN TESTS
checks.check_close(double(4), 8, name="double(4)", hint="Add it to itself.")"""

WHY = """### BEGIN SOLUTION
Because addition commutes.
=== BEGIN MARK SCHEME ===
One point for the word.
=== END MARK SCHEME ===
### END SOLUTION"""


def nbgrader_cell(cell, grade_id, *, grade=False, solution=False, points=None, bonus=None):
    cell.id = grade_id
    settings = {
        "grade_id": grade_id,
        "grade": grade,
        "solution": solution,
        "schema_version": 3,
        "task": False,
    }
    cell.metadata["nbgrader"] = settings | {"locked": not solution}
    if points is not None:
        cell.metadata["nbgrader"]["points"] = points
    if bonus is not None:
        cell.metadata["bonus"] = bonus
    return cell


def check_cell(source, grade_id="f-test"):
    return nbgrader_cell(new_code_cell(source), grade_id, grade=True, points=1)


def notebook_of(*cells):
    made = [
        new_code_cell(cell, id=f"cell-{n}") if isinstance(cell, str) else cell for n, cell in enumerate(cells)
    ]
    return new_notebook(cells=made)


def tiny_notebook():
    notebook = new_notebook()
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook.cells = [
        new_markdown_cell("{{ launch_links }}", id="launch-links"),
        new_markdown_cell("# Adding\n\n- be able to add: `add`, `double`\n- know why: `why`", id="title"),
        new_code_cell("from neurocourse import notebook\n\nnotebook.set_up()", id="setup"),
        nbgrader_cell(new_code_cell(ADD), "add", solution=True),
        nbgrader_cell(new_code_cell(ADD_TEST), "add-test", grade=True, points=60),
        nbgrader_cell(new_code_cell(DOUBLE), "double", solution=True),
        nbgrader_cell(new_code_cell(DOUBLE_TEST), "double-test", grade=True, points=0, bonus=5),
        nbgrader_cell(new_markdown_cell(WHY), "why", grade=True, solution=True, points=40),
    ]
    return notebook


def make_course(root):
    """Write the tiny course into this folder and release it."""
    (root / "source" / ASSIGNMENT).mkdir(parents=True)
    (root / "course.toml").write_text(COURSE)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    nbformat.write(tiny_notebook(), root / "source" / ASSIGNMENT / "adding.ipynb")
    course = read_course(root)
    release(course, course.assignment(ASSIGNMENT))
    return root


@pytest.fixture(autouse=True)
def _after_the_course(monkeypatch):
    """Set this process's clock to a day after the tiny course: nobody hands in before it is time."""
    monkeypatch.setattr(timestamps, "now", lambda: datetime(2027, 7, 1, tzinfo=UTC))


@pytest.fixture(scope="session")
def released_course(tmp_path_factory):
    """The tiny course with its release made once: copy it, do not change it."""
    return make_course(tmp_path_factory.mktemp("released") / "course")


@pytest.fixture
def course(tmp_path, released_course):
    """The tiny course, released, in a folder of its own."""
    return read_course(shutil.copytree(released_course, tmp_path / "course"))


def rewrite_source(course, assignment, change):
    """Change the source of an assignment: its cells are given by their ids."""
    path = course.path("source", assignment) / assignment.filename
    notebook = cells.read_notebook(path)
    change({cell.id: cell for cell in notebook.cells})
    nbformat.write(notebook, path)


@pytest.fixture(scope="session", autouse=True)
def one_version_of_the_schema():
    """Let nbgrader ask `alembic` for its newest version once in each process: that starts a program."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "get_alembic_version", functools.cache(api.get_alembic_version))
        yield


@pytest.fixture
def publishable_course(course):
    """The tiny course with what publishing takes from the top of a course."""
    for name in ("LICENSE", "LICENSE-TEXT", "pyproject.toml", "requirements.lock", "requirements-torch.lock"):
        shutil.copy(ROOT / name, course.root)
    (course.root / "data").mkdir()
    shutil.copy(ROOT / "data" / "README.md", course.root / "data")
    (course.root / "neurocourse").mkdir()
    shutil.copy(ROOT / "neurocourse" / "__init__.py", course.root / "neurocourse")
    (course.root / "neurocourse" / "registry.toml").write_text("")
    return course


@pytest.fixture
def assignment(course):
    """Its one assignment."""
    return course.assignment(ASSIGNMENT)


@pytest.fixture(scope="session")
def postgresql():
    """A running PostgreSQL server."""
    if programs() is None:
        missing = "PostgreSQL's server is missing: run `apt-get install postgresql`"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def released_database(postgresql, released_course, tmp_path_factory):
    """The name of a database that knows the tiny course: copy it, do not change it."""
    course = read_course(shutil.copytree(released_course, tmp_path_factory.mktemp("released") / "course"))
    with postgresql.database("released") as url:
        with nursery_client.environment(GRADEBOOK_URL=url):
            release(course, course.assignment(ASSIGNMENT))
        yield "released"


@pytest.fixture(params=["sqlite", "postgresql"])
def each_database(request, monkeypatch):
    """Each of the two databases in turn, as the gradebook of the tiny course."""
    if request.param == "sqlite":
        yield request.param
        return
    released = request.getfixturevalue("released_database")
    with request.getfixturevalue("postgresql").database("course", like=released) as url:
        monkeypatch.setenv("GRADEBOOK_URL", url)
        yield request.param


def query_plan(connection, statements):
    """Return how SQLite goes through its tables for these statements, step by step."""
    return [
        step.detail
        for statement in statements
        for step in connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", ("x",) * statement.count("?")
        )
    ]


@pytest.fixture
def statements():
    """The statements that any database is sent, as they are sent."""
    sent = []

    def note(_connection, _cursor, statement, *_):
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def hand_in(course, assignment):
    """A function that hands in the solved notebook for a student, with some answers replaced."""

    def hand_in(student, answers=None, *, text=None, filename="adding.ipynb", timestamp=None):
        notebook = solution(course, assignment)
        for cell in notebook.cells:
            cell.source = (answers or {}).get(cell.id, cell.source)
        folder = course.path("submitted", assignment, student)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / filename).write_text(nbformat.writes(notebook) if text is None else text)
        if timestamp:
            (folder / "timestamp.txt").write_text(timestamp)

    return hand_in


@pytest.fixture(scope="session")
def nursery():
    """A nursery of student processes, from which sandboxes are made."""
    with contextlib.closing(nursery_client.NurseryClient()) as nursery:
        yield nursery


@pytest.fixture(scope="module")  # a test of the guard may end it
def first_student(nursery):
    """A student process in a sandbox: fork it, do not run anything in it."""
    with nursery.sandbox(Limits()) as box:
        yield StudentClient(box.wire, time_used=box.watched.used)


@pytest.fixture
def student(first_student):
    """A student process of the test's own."""
    student = StudentClient(*first_student.fork())
    yield student
    student.end()


@pytest.fixture
def session_after(student):
    """A function that runs cells and returns a session with what they define."""
    sessions = []

    def session_after(*sources, seconds=10):
        for source in sources:
            errors = [shown for shown in student.run(source, 30).outputs if shown["output_type"] == "error"]
            assert not errors, errors
        sessions.append(Session(*student.fork(), seconds=seconds))
        return sessions[-1]

    yield session_after
    for session in sessions:
        session.end()


@pytest.fixture
def run_on(student):
    """A function that runs a notebook's cells and tests and returns its run and the results by name.

    As when it grades, what counts is the student process's own time: a busy machine changes nothing.
    """
    _, time_used, *_ = student.itself()

    @contextlib.contextmanager
    def start():
        first = StudentClient(*student.fork())
        with contextlib.closing(first):
            yield first

    def run_on(*made, limits=RUN_LIMITS):
        notebook = notebook_of(*made)
        tests = [cell for cell in notebook.cells if cells.is_test(cell)]
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        binding = binding_cells(code, notebook_of())
        run = run_notebook(
            start, code, list(zip(tests, exam_tests(notebook), strict=True)), limits, time_used, binding
        )
        return notebook, list(run.notes), run.results

    return run_on
