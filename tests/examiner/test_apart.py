"""What fails for one of many is that one's, in every stage of every command that goes over a class."""

import importlib
import shutil
from pathlib import Path

import nbformat
import pytest

from examiner.apart import Failures, kept_by, sentence
from examiner.batch.run import grade
from examiner.commands import main
from examiner.course.facts import read_course
from examiner.errors import NotGraded
from examiner.gradebook.scores import record
from examiner.publishing.release import solution
from examiner.results.report import review
from examiner.wording import number

STUDENTS = ("ada", "ben", "cleo")


@pytest.fixture(scope="module")
def graded_class(released_course, tmp_path_factory):
    """The tiny course with three students' work, graded once: copy it, do not change it."""
    course = read_course(shutil.copytree(released_course, tmp_path_factory.mktemp("graded") / "course"))
    (assignment,) = course.assignments
    for student in STUDENTS:
        folder = course.path("submitted", assignment, student)
        folder.mkdir(parents=True)
        nbformat.write(solution(course, assignment), folder / assignment.filename)
        (folder / "timestamp.txt").write_text("2027-02-12 10:00:00 UTC")
        (folder / "section_feedback.json").write_text("[]")
        record(course, assignment, grade(course, assignment, student)[0])
    return course


@pytest.fixture
def graded(graded_class, tmp_path, monkeypatch):
    course = read_course(shutil.copytree(graded_class.root, tmp_path / "course"))
    monkeypatch.chdir(course.root)
    return course


@pytest.fixture
def assignment(graded):
    return graded.assignments[0]


@pytest.fixture
def run(graded, capsys):
    def run(*arguments):
        status = main(list(arguments))
        return status, capsys.readouterr().out

    return run


def speaks_of(value, student):
    """Return whether an argument is a verdict, a row, a path or a name of this student."""
    names = value.parts if isinstance(value, Path) else (value, getattr(value, "student", None))
    return student in [name for name in names if isinstance(name, str)]


def fails_for(monkeypatch, place, student):
    """Let a function of the examiner raise whenever one of its arguments speaks of a student."""
    module, _, name = place.rpartition(".")
    module = importlib.import_module(f"examiner.{module}")
    works = getattr(module, name)

    def fails(*args, **kwargs):
        if any(speaks_of(value, student) for value in (*args, *kwargs.values())):
            raise RuntimeError("on purpose")
        return works(*args, **kwargs)

    monkeypatch.setattr(module, name, fails)


def grow_old(course):
    """Let every page be another one than would be written now."""
    for page in course.root.glob("feedback/*/*/*.html"):
        page.write_text("an older grade")


def pages(course):
    return sorted(path.parts[-3] for path in course.root.glob("feedback/*/*/*.html"))


@pytest.mark.parametrize(
    "place", ["gradebook.scores._score", "results.feedback.read_verdict", "results.feedback._page"]
)
def test_a_page_that_fails_in_any_stage_is_one_page(graded, run, monkeypatch, place):
    assert run("feedback")[0] == 0
    grow_old(graded)
    fails_for(monkeypatch, place, "ben")
    status, told = run("feedback")
    assert (status, pages(graded)) == (1, ["ada", "cleo"])
    first, which, last = told.splitlines()
    assert first == "Left out, and a person must look at them (1):"
    assert which.startswith("  ben/01_adding: the examiner itself failed (RuntimeError: on purpose, in ")
    assert last == "01_adding: 2 pages in feedback/, 1 could not be written: ben"


def test_a_page_that_cannot_be_written_is_one_page(graded, run, assignment):
    folder = graded.path("feedback", assignment, "ben")
    folder.parent.mkdir(parents=True)
    folder.write_text("no folder")
    status, told = run("feedback")
    assert (status, pages(graded)) == (1, ["ada", "cleo"])
    assert "  ben/01_adding: the examiner itself failed (NotADirectoryError: " in told


def test_a_graded_notebook_that_is_damaged_costs_its_own_page(graded, run, assignment):
    (graded.path("autograded", assignment, "ben") / assignment.filename).write_text("{")
    status, told = run("feedback")
    assert (status, pages(graded)) == (1, ["ada", "cleo"])
    assert "not a notebook: it is not valid JSON, or it was cut short" in told


def test_a_verdict_that_is_damaged_is_named_by_every_command(graded, run, assignment):
    (graded.path("autograded", assignment, "ben") / "verdict.json").write_text("{")
    for command in ("feedback", "report", "review"):
        status, told = run(command)
        assert status == 1
        assert "  ben/01_adding: its verdict cannot be read: run `make grade`.\n" in told


def test_a_page_that_failed_stays_on_the_review_list_until_it_is_written(graded, run, monkeypatch):
    with monkeypatch.context() as broken:
        fails_for(broken, "results.feedback._page", "ben")
        run("feedback")
    assert (
        "No feedback page could be written (1):\n  ben: the examiner itself failed (RuntimeError: on purpose"
        in run("review")[1]
    )
    assert run("feedback") == (0, "01_adding: 3 pages in feedback/\n")
    assert "Has no feedback page" not in run("review")[1]


def test_no_page_is_left_that_tells_an_older_grade(graded, run, monkeypatch):
    run("feedback")
    grow_old(graded)
    fails_for(monkeypatch, "results.feedback._page", "ben")
    run("feedback")
    assert pages(graded) == ["ada", "cleo"]


@pytest.mark.parametrize(
    "place", ["results.report.read_verdict", "gradebook.scores._score", "results.report.why_no_page"]
)
@pytest.mark.parametrize("command", ["report", "review"])
def test_a_report_without_one_of_the_class_says_whom_it_leaves_out(run, monkeypatch, command, place):
    fails_for(monkeypatch, place, "ben")
    status, told = run(command)
    assert status == 1
    assert (
        "Left out, and a person must look at them (1):\n  ben/01_adding: the examiner itself failed (Runtime"
        in told
    )
    assert told.splitlines()[-1] == "1 submission is left out, see above: ben/01_adding"
    assert "ada" in told
    assert "cleo" in told


def test_a_timestamp_that_fails_is_one_submissions(run, monkeypatch):
    fails_for(monkeypatch, "intake.timestamps.handed_in", "ben")
    status, told = run("review")
    assert (status, told.count("Left out")) == (1, 1)


def test_feedback_on_sections_that_fails_is_counted(run, monkeypatch):
    fails_for(monkeypatch, "results.section_feedback._read", "ben")
    status, told = run("report")
    assert status == 0
    assert "(1 files section_feedback.json could not be read)" in told


def test_what_cannot_be_explained_is_one_line(graded, monkeypatch, capsys):
    fails_for(monkeypatch, "results.explain._head", "ada")
    assert main(["explain", "ada", "01_adding"]) == 2
    assert capsys.readouterr().err.startswith(
        "examiner: the examiner itself failed (RuntimeError: on purpose"
    )
    assert main(["explain", "ben", "01_adding"]) == 0


def test_figures_that_fail_are_named_in_a_line(graded, monkeypatch, capsys):
    def fails(*_):
        raise RuntimeError("on purpose")

    monkeypatch.setattr("examiner.publishing.figures.write_figures", fails)
    assert main(["figures"]) == 2
    assert "examiner: 01_adding: the examiner itself failed (RuntimeError" in capsys.readouterr().err


def test_verdicts_of_an_older_exam_are_reported_with_those_of_a_newer(graded, run, assignment):
    path = graded.path("autograded", assignment, "ben") / "verdict.json"
    path.write_text(path.read_text().replace('"exercise": "add"', '"exercise": "plus"'))
    status, told = run("report")
    assert status == 0
    assert "plus      1/1" in told


def test_a_failure_is_told_with_its_kind_and_its_place():
    failures = Failures()
    with failures.apart("ada"):
        raise NotGraded("it is not graded yet")
    with failures.apart("ben"):
        number("none")
    with failures.apart("ben"):
        raise ValueError("a second one")
    assert failures.sentences["ada"] == "it is not graded yet"
    assert failures.sentences["ben"].startswith("the examiner itself failed (ValueError: Unknown format code")
    assert ", in wording.py, line " in failures.sentences["ben"]
    assert (len(failures), failures.names) == (2, "ada, ben")


def test_many_names_are_cut():
    failures = Failures({f"s{number:02}": "" for number in range(25)})
    assert failures.names.endswith("s19 and 5 more")


def test_an_error_that_cannot_be_told_is_one_all_the_same():
    class Mute(Exception):
        def __str__(self):
            raise RuntimeError

    assert sentence(Mute()) == "the examiner itself failed (Mute)"


def test_memory_that_runs_out_is_kept_apart_and_ctrl_c_is_not():
    failures = Failures()
    with failures.apart("ada"):
        raise MemoryError
    with pytest.raises(KeyboardInterrupt), failures.apart("ben"):
        raise KeyboardInterrupt
    assert list(failures.sentences) == ["ada"]


def test_without_a_place_for_failures_the_first_one_ends_the_work():
    with pytest.raises(ValueError, match="on purpose"), kept_by(None, "ada"):
        raise ValueError("on purpose")


def test_review_without_a_place_for_failures_lists_them_too(graded, assignment, monkeypatch):
    fails_for(monkeypatch, "results.report.read_verdict", "ben")
    assert "Left out, and a person must look at them (1):" in review(graded, assignment)
