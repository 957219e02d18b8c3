"""Plain nbgrader commands, run as a person would run them, on the tiny course."""

import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from examiner.batch.run import grade
from examiner.commands import main
from examiner.course.facts import read_course
from examiner.gradebook import scores
from examiner.gradebook.converters import load_config, nbgrader_at_ease
from examiner.intake import timestamps
from examiner.nbgrader_plugin import SubmissionExporter
from examiner.notebook import cells
from examiner.publishing.release import release
from examiner.results.report import read_verdicts
from tests.examiner.attacks import ATTACKS, handlers_and_links
from tests.examiner.conftest import ROOT

WRONG = {"add": "def add(a, b):\n    return 3"}
UNREADABLE = ("cut_short", "no_notebook")


def nbgrader(course, *arguments, programs="", seconds=300):
    path = os.pathsep.join([str(programs), str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "nbgrader", *arguments],
        cwd=course.root,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
    )


@pytest.fixture
def course_of_the_past(course):
    """The tiny course, two years earlier: plain nbgrader goes by this machine's clock."""
    text = (course.root / "course.toml").read_text()
    (course.root / "course.toml").write_text(text.replace("due = 2027", "due = 2025"))
    past = read_course(course.root)
    scores.set_due_date(past, past.assignments[0])
    return past


@pytest.fixture
def handed_in(course_of_the_past, hand_in):
    """A class of right, wrong, broken and late submissions."""
    hand_in("right")
    hand_in("wrong", WRONG, timestamp="2025-02-13 10:00:00 UTC")
    hand_in("never_ends", {"add": "while True:\n    pass"})
    hand_in("kernel_dies", {"add": "import os\nos._exit(1)", "why": ""})
    hand_in("raises", {"add": "1 / 0"})
    hand_in("cut_short", text='{"cells": [')
    hand_in("no_notebook", text="[]")
    hand_in("no_date", timestamp="soon")
    hand_in("renamed", filename="adding (1).ipynb")


def test_nbgrader_autograde_gives_the_scores_of_make_grade(course, assignment, handed_in, monkeypatch):
    done = nbgrader(course, "autograde", assignment.name)
    assert done.returncode == 0, done.stderr
    by_nbgrader = scores.scores(course, assignment)
    verdicts = {verdict.student: verdict.tests for verdict in read_verdicts(course, assignment)}
    for student in UNREADABLE:
        assert f"01_adding of {student}: unreadable. " in done.stderr
    shutil.rmtree(course.root / "autograded")
    monkeypatch.chdir(course.root)
    assert main(["grade", "--anew"]) == 0
    assert scores.scores(course, assignment) == by_nbgrader
    assert {verdict.student: verdict.tests for verdict in read_verdicts(course, assignment)} == verdicts
    totals = {student: score.total for student, score in by_nbgrader.items() if student != "renamed"}
    assert totals == {
        "right": 65, "wrong": 4.5, "never_ends": 5, "kernel_dies": 5, "raises": 5,
        "cut_short": 0, "no_notebook": 0, "no_date": 65,
    }  # fmt: skip


def test_the_notebook_of_a_submission_that_is_a_persons_says_so_in_formgrader(course, assignment, hand_in):
    hand_in("student", text="{")
    assert nbgrader(course, "autograde", assignment.name).returncode == 0
    shown = cells.read_notebook(course.path("autograded", assignment, "student") / assignment.filename)
    assert [cell.source[:15] for cell in shown.cells] == ["**Not graded.**"]


def test_nbgrader_itself_reads_nothing_that_was_handed_in(course, assignment, hand_in):
    hand_in("student", {"add": "def add(a, b):\n    return 3"})
    folder = course.path("submitted", assignment, "student")
    text, _ = SubmissionExporter(config=load_config(course)).from_filename(str(folder / assignment.filename))
    assert "def add" not in text


def test_a_manual_score_survives_another_autograde(course, assignment, hand_in):
    hand_in("student")
    nbgrader(course, "autograde", assignment.name)
    with scores.open_gradebook(course) as book:
        grade = book.find_grade("why", "adding", assignment.name, "student")
        grade.manual_score, grade.needs_manual_grade = 30, False
        book.db.commit()
    hand_in("student", {"why": "Because I say so."})
    done = nbgrader(course, "autograde", assignment.name, "--force")
    assert done.returncode == 0, done.stderr
    score = scores.scores(course, assignment)["student"]
    assert (score.points, score.to_recheck) == (90, 1)


def make_huge(path):
    with path.open("wb") as file:
        file.truncate(10**13)  # more than any disk holds: a copy of it would end badly


BAD_STAMPS = {
    "text": (lambda path: path.write_text("10000000000"), "says “10000000000”, which is not a date"),
    "bytes": (lambda path: path.write_bytes(b"\xff"), "is not text in UTF-8"),
    "zone": (
        lambda path: path.write_text("2025-02-14 10:00:00 PST"),
        "says “2025-02-14 10:00:00 PST”: “PST” is not UTC",
    ),
    "pipe": (os.mkfifo, "was not a small file, and is now called .timestamp.txt.refused"),
    "endless": (lambda path: path.symlink_to("/dev/zero"), "was not a small file, and is now called"),
    "huge": (make_huge, "was not a small file, and is now called"),
}


@pytest.fixture
def badly_stamped(course_of_the_past, assignment, hand_in):
    """A submission for each way in which a time stamp can be bad, named by it, and a good one."""
    for student, (make, _) in BAD_STAMPS.items():
        hand_in(student)
        make(course_of_the_past.path("submitted", assignment, student) / "timestamp.txt")
    hand_in("late", timestamp="2025-02-13 10:00:00 UTC")
    return course_of_the_past


def penalties(course):
    return {name: score.late_penalty for name, score in scores.scores(course, course.assignments[0]).items()}


def test_nbgrader_autograde_takes_no_bad_time_stamp_for_a_time_and_drops_nobody(
    badly_stamped, assignment, monkeypatch, capsys
):
    done = nbgrader(badly_stamped, "autograde", assignment.name)
    assert done.returncode == 0, done.stderr
    assert penalties(badly_stamped) == {**dict.fromkeys(BAD_STAMPS, 0), "late": 6.5}
    assert "text/01_adding/timestamp.txt says “10000000000”, which is not a date" in done.stderr
    monkeypatch.chdir(badly_stamped.root)
    capsys.readouterr()
    assert main(["review"]) == 0
    shown = capsys.readouterr().out
    for student, (_, fault) in BAD_STAMPS.items():
        assert f"submitted/{student}/01_adding/timestamp.txt {fault}" in shown
    again = nbgrader(badly_stamped, "autograde", assignment.name)
    assert again.returncode == 0, again.stderr


def test_make_grade_takes_no_bad_time_stamp_for_a_time_and_drops_nobody(
    badly_stamped, assignment, monkeypatch, capsys
):
    monkeypatch.chdir(badly_stamped.root)
    assert main(["grade"]) == 0
    assert penalties(badly_stamped) == {**dict.fromkeys(BAD_STAMPS, 0), "late": 6.5}
    assert (
        "Nobody can say when these were handed in, so they count as in time (6):" in capsys.readouterr().out
    )


def test_formgrader_lists_submissions_whatever_their_time_stamps_say(badly_stamped, assignment, monkeypatch):
    monkeypatch.chdir(badly_stamped.root)
    with nbgrader_at_ease():
        config = load_config(badly_stamped)
        api = NbGraderAPI(CourseDirectory(config=config))
        shown = {row["student"]: row["timestamp"] for row in api.get_submissions(assignment.name)}
    assert shown == {**dict.fromkeys(BAD_STAMPS), "late": "2025-02-13T10:00:00"}


def test_a_time_without_a_zone_is_the_same_for_nbgrader_in_the_courses_zone(course, assignment, hand_in):
    text = (course.root / "course.toml").read_text()
    (course.root / "course.toml").write_text('timezone = "Europe/Berlin"\n' + text)
    hand_in("ada", timestamp="2026-02-20 11:00:00")
    directory = CourseDirectory(config=load_config(course))
    folder = str(course.path("submitted", assignment, "ada"))
    assert directory.get_existing_timestamp(folder) == datetime(2026, 2, 20, 10, 0)


def test_nbgrader_collect_brings_a_time_stamp_that_is_read(course_of_the_past, assignment, hand_in, tmp_path):
    course = course_of_the_past
    hand_in("ada")
    handed_in = course.path("submitted", assignment, "ada")
    time = "2025-02-13 10:00:00.123456 UTC"
    inbound = tmp_path / "exchange" / "tiny" / "inbound"
    inbound.mkdir(parents=True)
    shutil.move(handed_in, inbound / f"ada+01_adding+{time}")
    (inbound / f"ada+01_adding+{time}" / "timestamp.txt").write_text(time)
    exchange = f"--Exchange.root={tmp_path / 'exchange'}"
    done = nbgrader(course, "collect", assignment.name, exchange)
    assert done.returncode == 0, done.stderr
    assert timestamps.handed_in(course, course.assignments[0], "ada").naive == datetime(
        2025, 2, 13, 10, 0, 0, 123456
    )
    (handed_in / "timestamp.txt").write_text("10000000000")
    done = nbgrader(course, "collect", assignment.name, exchange, "--update")
    assert done.returncode == 0, done.stderr
    assert (handed_in / "timestamp.txt").read_text() == time


def test_settings_that_cannot_be_read_stop_nbgrader_before_it_runs_anything(course, assignment, hand_in):
    trace = course.root / "trace"
    hand_in("student", {"add": f"from pathlib import Path\nPath({str(trace)!r}).touch()"})
    text = (course.root / "course.toml").read_text().replace("cell_seconds = 4", 'cell_seconds = "4"')
    (course.root / "course.toml").write_text(text)
    done = nbgrader(course, "autograde", assignment.name)
    assert done.returncode != 0
    assert (
        'nbgrader_config.py: course.toml, line 12: cell_seconds in [limits] is the text "4", expected a '
        "whole "
        "number of seconds from 1 to 86400. Nothing was run.\n"
    ) in done.stderr
    assert not trace.exists()
    assert not (course.root / "autograded").exists()


def test_nbgrader_autograde_refuses_where_no_sandbox_works(course, assignment, hand_in, tmp_path):
    trace = course.root / "trace"
    hand_in("student", {"add": f"from pathlib import Path\nPath({str(trace)!r}).touch()"})
    broken = tmp_path / "bin" / "bwrap"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\necho 'bwrap: no namespaces here' >&2\nexit 1\n")
    broken.chmod(0o755)
    done = nbgrader(course, "autograde", assignment.name, programs=broken.parent)
    assert done.returncode != 0
    assert "nothing was graded. bubblewrap is installed, but the sandbox did not start" in done.stderr
    assert not trace.exists()


def test_nbgrader_validates_the_released_notebook(course, assignment):
    released = f"release/{assignment.name}/{assignment.filename}"
    done = nbgrader(course, "validate", released)
    assert done.returncode == 0, done.stderr
    assert "VALIDATION FAILED ON 3 CELL(S)!" in done.stdout
    assert "You did not provide a response." in done.stdout


def test_nbgrader_validates_a_solved_notebook(course, assignment, hand_in):
    hand_in("student")
    done = nbgrader(course, "validate", f"submitted/student/{assignment.name}/{assignment.filename}")
    assert "Success! Your notebook passes all the tests." in done.stdout, done.stderr


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_a_student_wrote_runs_in_the_browser_of_the_grader(course, attack):
    html = {
        "text/html": attack,
        "image/svg+xml": attack,
        "application/javascript": attack,
        "text/markdown": attack,
    }
    notebook = new_notebook(
        cells=[
            new_markdown_cell(attack),
            new_raw_cell(attack),
            new_code_cell(
                attack, outputs=[new_output("display_data", html), new_output("stream", text=attack)]
            ),
        ]
    )
    exporter = HTMLExporter(config=load_config(course), template_name="basic")
    assert handlers_and_links(exporter.from_notebook_node(notebook)[0]) == []


def test_what_turns_the_direction_of_a_text_is_marked_for_the_grader(course):
    odd = "a\u202eb"
    notebook = new_notebook(
        cells=[new_markdown_cell(odd), new_code_cell(odd, outputs=[new_output("stream", text=odd)])]
    )
    exporter = HTMLExporter(config=load_config(course), template_name="basic")
    html = exporter.from_notebook_node(notebook)[0]
    assert "\u202e" not in html
    assert html.count("a\N{REPLACEMENT CHARACTER}b") == 2
    assert html.count("\N{REPLACEMENT CHARACTER}") == 3


def test_text_pictures_and_formulas_of_a_student_are_shown_to_the_grader(course):
    picture = {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"}
    notebook = new_notebook(
        cells=[
            new_markdown_cell("**so**, $a < b$, x<sub>1</sub>"),
            new_code_cell("a < b", outputs=[new_output("display_data", picture)]),
        ]
    )
    exporter = HTMLExporter(config=load_config(course), template_name="basic")
    html = exporter.from_notebook_node(notebook)[0]
    assert '<strong>so</strong>, <math alttext="a &lt; b" display="inline">' in html
    assert "x<sub>1</sub>" in html
    assert "data:image/png;base64,iVBORw0KGgo=" in html


QUESTION = "### Exercise: `why` (40 points)\n\nWhy is $a + b = b + a$?"
GIVEN = "## 1. Adding (5 min)\n\n<details><summary>Hint</summary>\n*Try* it.\n</details>"


@pytest.fixture
def formgrader_page(course, assignment, hand_in):
    """A function that returns the page that Formgrader shows of a submission with these answers."""
    path = course.path("source", assignment) / assignment.filename
    source = cells.read_notebook(path)
    source.cells[-1].source = f"{QUESTION}\n\n{source.cells[-1].source}"
    source.cells.insert(3, new_markdown_cell(GIVEN, id="given"))
    path.write_text(cells.canonical_text(source))

    def page(answers, **resources):
        hand_in("student", answers)
        scores.record(course, assignment, grade(course, assignment, "student")[0])
        graded = course.path("autograded", assignment, "student") / assignment.filename
        exporter = HTMLExporter(config=load_config(course), template_name="formgrade")
        names = {"submission_id": "1", "assignment_id": assignment.name, "notebook_id": assignment.notebook}
        told = {"base_url": "", "index": 0, "total": 1, **names, **resources}
        return exporter.from_filename(str(graded), resources=told)[0]

    release(course, assignment)
    return page


def panel(html, start):
    """Return the part of a page from the panel of a cell to the next panel."""
    return html[html.index(start) :].split('<div class="panel ')[0]


@pytest.mark.parametrize(
    "answer",
    [f"{QUESTION}\n\nIt commutes.", "It commutes.", f"It commutes.\n\n{QUESTION}"],
    ids=["below the question", "over the question", "above the question"],
)
def test_formgrader_shows_a_written_answer_apart_from_its_question_beside_what_it_is_marked_by(
    formgrader_page, answer
):
    html = panel(formgrader_page({"why": answer}), 'id="answer-why"')
    question, rest = html.split("<h2>The student's answer</h2>")
    answered, guide = rest.split("<h2>Mark scheme</h2>")
    assert 'alttext="a + b = b + a"' in question
    assert "It commutes." not in question
    assert "<p>It commutes.</p>" in answered
    assert "Why is" not in answered
    assert "One point for the word." in guide
    assert '<details open=""><summary>Model answer</summary><p>Because addition commutes.</p>' in guide


def test_formgrader_folds_what_is_given_and_what_passed_and_opens_what_did_not(formgrader_page):
    html = formgrader_page({"add": "def add(a, b):\n    return 3"})
    folds = re.findall("<summary>(Given[^<]*)", html)
    assert folds == ["Given: Adding · 1. Adding (4 cells)"]
    assert re.search(r"<summary>Hint</summary>\s*<p><em>Try</em> it.</p>", html)
    code = "<summary>The student's code: <code>{}</code></summary>"
    assert f'<details open="">{code.format("add")}' in html
    assert f"<details>{code.format('double')}" in html
    failed = panel(html, 'nbgrader_cell test failed"')
    assert "✗ <code>add-test</code> not passed" in failed
    assert "<p>add on other numbers is not right. It must use both arguments.</p>" in failed
    assert "✓ <code>double-test</code> passed" in panel(html, 'nbgrader_cell test passed"')


def test_formgrader_finds_the_inputs_that_its_scripts_look_for(formgrader_page):
    html = formgrader_page({})
    for name in ("add-test", "double-test", "why"):
        assert f'<input aria-label="Points of {name}" class="score tabbable" id="{name}"' in html
        assert f'id="{name}_extra_credit"' in html
    for name in ("add", "double", "why"):
        assert f'id="{name}-comment"' in html


def test_formgrader_loads_nothing_from_elsewhere(formgrader_page):
    loads = re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"([^\"]+)", formgrader_page({}))
    assert loads
    assert [address for address in loads if not address.startswith("/formgrader/static/")] == []


def test_a_page_that_is_not_formgraders_holds_nothing_of_the_source(course, assignment, hand_in):
    hand_in("student", {"why": "It commutes."})
    scores.record(course, assignment, grade(course, assignment, "student")[0])
    done = nbgrader(course, "generate_feedback", assignment.name)
    assert done.returncode == 0, done.stderr
    (page,) = (course.root / "feedback").rglob("*.html")
    html = page.read_text()
    assert "It commutes." in html
    assert "One point for the word." not in html
    assert "Because addition commutes." not in html


def test_nothing_that_a_student_wrote_runs_on_the_page_that_formgrader_shows(formgrader_page):
    attacks = "\n\n".join(ATTACKS)
    html = formgrader_page({"why": attacks, "add": f"'''{attacks}'''\ndef add(a, b):\n    return 3"})
    blank = formgrader_page({"why": "", "add": "def add(a, b):\n    return 3"})
    assert sorted(set(handlers_and_links(html))) == sorted(set(handlers_and_links(blank)))
