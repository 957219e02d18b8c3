"""A batch: what is known is not run, what changed is told, and no end of the process alters the result."""

import json
import os
import pydoc
import shutil
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace

import nbformat
import pytest

from examiner.batch.pool import local_pool
from examiner.batch.progress import change_table
from examiner.batch.run import Change, Request, changes, grade, grade_batch
from examiner.batch.store import may_stand_for_others
from examiner.course.facts import read_course
from examiner.publishing.release import release
from examiner.verdict import SubmissionState, Verdict, read_verdict
from tests.examiner.conftest import ROOT

WRONG = {"add": "def add(a, b):\n    return 3"}
N_KILLS = 20


@pytest.fixture(scope="module")
def workers():
    with local_pool(1) as pool:
        yield pool


@pytest.fixture
def run(course, assignment, workers):
    """A function that grades the batch and returns its summary and what was told."""

    def run(course=course, **request):
        told = []
        return grade_batch(course, assignment, Request(**request), workers, told.append), told

    return run


def gradebook_of(course):
    """Return what the gradebook says, by names instead of the random ids of rows."""
    query = """
        select submitted_assignment.student_id, base_cell.name, auto_score, manual_score, extra_credit,
               needs_manual_grade, late_submission_penalty, submitted_assignment.timestamp
        from grade
        join base_cell on base_cell.id = grade.cell_id
        join submitted_notebook on submitted_notebook.id = grade.notebook_id
        join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
        order by 1, 2"""
    with sqlite3.connect(course.root / "gradebook.db") as book:
        rows = book.execute(query).fetchall()
    book.close()
    return rows


def test_the_very_same_files_are_run_once_in_a_batch_and_each_has_a_verdict_of_its_own(run, course, hand_in):
    for student in ("ada", "ben", "cleo", "dan"):
        hand_in(student, WRONG if student == "cleo" else None)
    summary, told = run()
    runs = {graded.verdict.student: graded.n_run for graded in told}
    assert runs["cleo"] > 0  # other files than anybody's
    assert runs["dan"] == 0
    verdicts = {
        name: read_verdict(course.root / "autograded" / name / "01_adding") for name in ("ada", "cleo", "dan")
    }
    assert verdicts["dan"].tests == verdicts["ada"].tests != verdicts["cleo"].tests
    assert verdicts["dan"].student == "dan"
    assert verdicts["dan"].digest == verdicts["ada"].digest
    assert summary.counts == {"graded": 4}
    assert run()[0].counts == {"unchanged": 4}
    rows = gradebook_of(course)
    assert [row[1:] for row in rows if row[0] == "ada"] == [row[1:] for row in rows if row[0] == "dan"]


def test_what_ended_by_time_stands_for_nobody_else():
    verdict = Verdict("ada", "01_adding", SubmissionState.GRADED)
    assert may_stand_for_others(verdict)
    assert not may_stand_for_others(replace(verdict, firm=False))
    assert not may_stand_for_others(replace(verdict, state=SubmissionState.NEEDS_REVIEW))


def change_test(course, old, new):
    """Change the text of the source notebook and release it anew."""
    path = course.path("source", course.assignments[0]) / "adding.ipynb"
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        cell.source = cell.source.replace(old, new)
    nbformat.write(notebook, path)
    release(course, course.assignments[0])


def test_what_is_known_is_recorded_and_not_run(run, hand_in, course):
    hand_in("ada")
    hand_in("ben", WRONG)
    summary, told = run()
    assert (dict(summary.counts), summary.n_run, summary.n_known) == ({"graded": 2}, 4, 0)
    assert [(graded.verdict.student, graded.is_new, graded.n_run) for graded in told] == [
        ("ada", True, 2),
        ("ben", True, 2),
    ]
    before = gradebook_of(course)
    (course.root / "gradebook.db").unlink()
    release(course, course.assignments[0])
    summary, told = run()
    assert (dict(summary.counts), summary.n_run, summary.n_known) == ({"unchanged": 2}, 0, 4)
    assert gradebook_of(course) == before


@pytest.mark.parametrize("ends", ["while True: pass", "import os; os._exit(1)"], ids=["time", "crash"])
def test_what_ended_by_time_or_a_crash_is_never_taken_for_known(run, hand_in, ends):
    hand_in("ada", {"add": f"def add(a, b):\n    {ends}"})
    first, _ = run()
    again, told = run()
    assert (dict(first.counts), dict(again.counts)) == ({"graded": 1}, {"graded": 1})
    assert (again.n_run, again.changes) == (2, [])
    assert told[0].verdict.firm is False


def test_a_changed_test_is_run_alone_and_tells_whose_points_changed(run, hand_in, course):
    hand_in("ada")
    hand_in("ben", {"add": "def add(a, b):\n    return a + b if a != 7 else 0"})
    run()
    change_test(course, "add(31.5, 10), 41.5", "add(7, 10), 17")
    summary, _ = run()
    assert (summary.n_run, summary.n_known) == (2, 2)
    assert summary.changes == [Change("ben", "add", 60.0, 0.0)]
    assert {row[0]: row[2] for row in gradebook_of(course) if row[1] == "add-test"} == {"ada": 60, "ben": 0}


def test_an_answer_that_passes_behind_other_tests_keeps_its_points_when_one_test_changes(
    run, hand_in, course
):
    add = "seen = []\ndef add(a, b):\n    seen.append(a)\n    return a + b"
    hand_in("ada", {"add": add, "double": "def double(a):\n    return 2 * a if seen else 0"})
    run()
    change_test(course, "Add it to itself.", "Add it twice.")
    summary, _ = run()
    assert (summary.n_run, summary.n_known, summary.changes) == (1, 1, [])
    assert read_verdict(course.path("autograded", course.assignments[0], "ada")).bonus == 5


STAGES = {
    "reading": "examiner.batch.run.prepare",
    "keeping": "examiner.batch.run.keep",
    "recording": "examiner.gradebook.recording.Writer.record",
    "examining": "examiner.exam.jobs.pack_task",
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    "error", [ValueError("x"), OSError(5, "Input/output error"), RecursionError()], ids=repr
)
def test_whatever_is_raised_for_one_concerns_that_one(run, hand_in, course, monkeypatch, stage, error):
    for student in ("ada", "ben", "cleo"):  # each with words of one's own: what is the same runs once
        hand_in(student, {"add": f"def add(a, b):\n    return a + b  # {student}"})
    name = STAGES[stage].rpartition(".")
    owner = pydoc.locate(name[0])
    original = getattr(owner, name[2])

    def fail_for_ben(*args, **how):
        if any(
            str(getattr(a, "student", getattr(getattr(a, "verdict", a), "student", a))) == "ben" for a in args
        ):
            raise error
        return original(*args, **how)

    monkeypatch.setattr(owner, name[2], fail_for_ben)
    if stage == "examining":
        monkeypatch.setattr("examiner.batch.examination_client.pack_task", fail_for_ben)
    summary, told = run()
    points = {graded.verdict.student: (str(graded.verdict.state), graded.verdict.points) for graded in told}
    assert points.pop("ben", None) in (None, ("needs_review", 0))
    assert points == {"ada": ("graded", 60), "cleo": ("graded", 60)}
    listed = [line for line in summary.failed if line.startswith("ben: ")]
    assert listed or summary.counts["needs_review"] == 1
    monkeypatch.undo()
    again, _ = run()
    assert (again.counts["graded"], again.failed) == (stage != "recording", []), (
        "it is done as soon as it can be"
    )


def test_a_regrade_of_what_changed_equals_a_full_one(run, hand_in, course, assignment):
    hand_in("ada", {"double": "def double(a):\n    print(a)\n    return 2 * a\ndouble(2)"})
    run()
    change_test(course, "31.5", "30.5")
    change_test(course, "41.5", "40.5")
    run()
    folder = course.path("autograded", assignment, "ada")
    partly = read_verdict(folder), (folder / assignment.filename).read_text()
    grade(course, assignment, "ada", anew=True)
    assert (read_verdict(folder), (folder / assignment.filename).read_text()) == partly


def test_an_exercise_is_graded_again_on_request(run, hand_in):
    hand_in("ada")
    run()
    summary, _ = run(regraded="double")
    assert (dict(summary.counts), summary.n_run, summary.n_known) == ({"graded": 1}, 1, 1)
    assert run(anew=True)[0].n_run == 2


def test_a_changed_answer_is_examined_as_a_whole(run, hand_in):
    hand_in("ada", WRONG)
    run()
    hand_in("ada")
    summary, _ = run()
    assert (summary.n_run, summary.changes) == (2, [Change("ada", "add", 0.0, 60.0)])


def test_points_that_a_source_gives_anew_count_without_a_run(run, hand_in, course):
    hand_in("ada")
    run()
    path = course.path("source", course.assignments[0]) / "adding.ipynb"
    notebook = nbformat.read(path, 4)
    next(cell for cell in notebook.cells if cell.id == "add-test").metadata.nbgrader.points = 50
    nbformat.write(notebook, path)
    release(course, course.assignments[0])
    summary, _ = run()
    assert (summary.n_run, summary.changes) == (0, [Change("ada", "add", 60.0, 50.0)])


def test_nothing_has_changed_where_nothing_was_before(run, hand_in, course, assignment):
    hand_in("ada")
    verdict, _ = grade(course, assignment, "ada")
    assert changes(None, verdict) == ()
    assert changes(verdict, verdict) == ()


def test_the_table_of_changes_says_who_and_by_how_much():
    table = change_table(
        [Change("ben", "double", 5, 0), Change("ada", "add", 0, 60), Change("ben", "add", 1, 2.5)]
    )
    assert table.splitlines() == [
        "Points of 2 students have changed:",
        "student  exercise  before  after  change",
        "-------  --------  ------  -----  ------",
        "ada      add       0       60     +60",
        "ben      add       1       2.5    +1.5",
        "ben      double    5       0      -5",
    ]


def test_a_long_table_of_changes_is_cut():
    table = change_table([Change(f"s{number:03}", "add", 0, 1) for number in range(203)])
    assert table.splitlines()[-1] == "… and 3 more"


def test_a_batch_that_is_killed_at_any_point_ends_as_an_undisturbed_one(run, hand_in, course, tmp_path):
    for number in range(12):
        answers = WRONG if number % 3 else None
        hand_in(f"student{number:02}", answers, timestamp=f"2027-02-{number + 8:02} 10:00:00 UTC")
    other = read_course(shutil.copytree(course.root, tmp_path / "undisturbed"))
    run(course=other)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.examiner.killed", str(course.root), str(N_KILLS)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    kills = [line.split() for line in done.stdout.splitlines()]
    assert len(kills) == N_KILLS
    assert sum(killed == "True" for killed, _ in kills) >= N_KILLS // 2
    assert len({n_verdicts for _, n_verdicts in kills} - {"0", "12"}) >= 3, "not in the midst of the batch"
    assert gradebook_of(course) == gradebook_of(other)
    for verdict in sorted(course.root.glob("autograded/*/*/verdict.json")):
        assert verdict.read_text() == (other.root / verdict.relative_to(course.root)).read_text()


def examiner_in(course, *arguments, **how):
    return subprocess.Popen(
        [sys.executable, "-m", "examiner", *arguments],
        cwd=course.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **how,
    )


def test_ctrl_c_stops_and_says_how_to_go_on_and_leaves_no_process(hand_in, course):
    settings = course.root / "course.toml"
    settings.write_text(settings.read_text().replace("cell_seconds = 4", "cell_seconds = 50"))
    hand_in("ada")
    hand_in("ben", {"add": "while True:\n    pass"})
    with examiner_in(course, "grade", "--jobs", "1", "--log", start_new_session=True) as command:
        assert json.loads(command.stdout.readline())["student"] == "ada"
        command.send_signal(signal.SIGINT)
        _, said = command.communicate(timeout=60)
    assert command.returncode == 130
    assert said.strip() == "Stopped. What was graded is recorded. Run the same command again to do the rest."
    assert {row[0] for row in gradebook_of(course)} == {"ada"}


def test_the_log_is_a_line_of_json_for_each_submission(hand_in, course):
    hand_in("ada")
    hand_in("ben", text="{")
    with examiner_in(course, "grade", "--jobs", "1", "--log") as command:
        lines, said = command.communicate(timeout=60)
    assert said == ""
    first, second = (json.loads(line) for line in lines.splitlines())
    assert first.pop("seconds") > 0
    assert first == {
        "assignment": "01_adding", "student": "ada", "state": "graded", "points": 60.0, "bonus": 5.0,
        "new": True, "tests_run": 2,
    }  # fmt: skip
    assert second["state"] == "unreadable"
    assert second["reason"].startswith("adding.ipynb is not a notebook")
