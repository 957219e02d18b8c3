"""The tutorials in a real JupyterLab, as students meet them: unfilled, filled wrongly, rightly, solved."""

import re
import shutil

import nbformat
import pytest
from playwright.sync_api import expect

from examiner.course.facts import read_course
from examiner.notebook import cells
from examiner.publishing.release import solution
from tests.browser.jupyterlab import LIVE, SECONDS, Notebook, running_lab
from tests.notebooks.rehearsal import ROOT, answers

COURSE = read_course(ROOT)
SEEN_ERRORS = ":is([data-mime-type$='jupyter.error'], [data-mime-type$='jupyter.stderr']):visible"


@pytest.fixture(scope="module")
def lab_page(browser, tmp_path_factory):
    """A page with a JupyterLab whose folder holds each tutorial as students get it, and solved."""
    folder = tmp_path_factory.mktemp("lab")
    for assignment in COURSE.assignments:
        shutil.copy(COURSE.path("release", assignment) / assignment.filename, folder)
        nbformat.write(solution(COURSE, assignment), folder / f"solved_{assignment.filename}")
    with running_lab(folder) as address, browser.new_page(viewport={"width": 1200, "height": 1000}) as page:
        page.set_default_timeout(1000 * SECONDS)
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.wait_for_function("() => window.jupyterapp")
        yield page
        outside = [
            url for url in asked if not url.startswith(("http://127.0.0.1", "ws://127", "data:", "blob:"))
        ]
        assert outside == []


each_tutorial = {"params": COURSE.assignments, "ids": lambda assignment: assignment.name}


@pytest.fixture(scope="module", **each_tutorial)
def unfilled(request, lab_page):
    """A student's notebook in which each cell was run, whatever the cells before it said."""
    notebook = Notebook(lab_page, request.param.filename, request.param)
    notebook.run_each()
    yield notebook
    notebook.close()


@pytest.fixture(scope="module", **each_tutorial)
def solved(request, lab_page):
    """A solved notebook after *Restart Kernel and Run All Cells*."""
    notebook = Notebook(lab_page, f"solved_{request.param.filename}", request.param)
    notebook.restart_and_run_all()
    yield notebook
    notebook.close()


def first_exercise(assignment):
    """Return the first exercise of a student's notebook, and its test."""
    release = cells.read_notebook(COURSE.path("release", assignment) / assignment.filename)
    test = next(cell for cell in release.cells if cells.is_test(cell))
    return cells.exercise_name(test), test


def wrong_answer(assignment, exercise, test):
    """Return a wrong answer of the bank, and its hint, that the visible part of the test knows."""
    for path in answers(assignment.name, exercise, "wrong"):
        text = path.read_text(encoding="utf-8")
        hint = re.search("^# Hint: (.+)$", text, flags=re.MULTILINE)[1]
        if hint in test.source:
            return text, hint
    raise AssertionError(f"no visible hint of {exercise} stands in one line")


def test_an_unfilled_notebook_says_what_is_missing_in_single_calm_lines(unfilled, keep_screenshot):
    unfilled.go_to(first_exercise(unfilled.assignment)[1].id)
    keep_screenshot(unfilled.page, f"{unfilled.assignment.name}_unfilled")
    said = [message.strip() for message in unfilled.errors()]
    assert said[0].startswith("This cell needs an exercise that is not filled in yet: ")
    assert [message for message in said if not re.fullmatch("This cell needs .+", message)] == []


def test_a_wrong_answer_gets_its_hint_and_a_right_one_passes(unfilled, keep_screenshot):
    name = unfilled.assignment.name
    exercise, test = first_exercise(unfilled.assignment)
    wrong, hint = wrong_answer(unfilled.assignment, exercise, test)
    unfilled.write(exercise, wrong)
    unfilled.run(exercise)
    expect(unfilled.run(test.id)).to_contain_text(hint)
    keep_screenshot(unfilled.page, f"{name}_wrong")
    unfilled.write(exercise, answers(name, exercise, "right")[0].read_text(encoding="utf-8"))
    unfilled.run(exercise)
    expect(unfilled.run(test.id)).to_have_text(re.compile(f"{exercise}: all visible checks pass."))
    keep_screenshot(unfilled.page, f"{name}_right")


def test_a_check_does_not_pass_for_an_answer_that_was_broken_or_renamed_since(unfilled, keep_screenshot):
    name = unfilled.assignment.name
    exercise, test = first_exercise(unfilled.assignment)
    right = answers(name, exercise, "right")[0].read_text(encoding="utf-8")
    unfilled.write(exercise, right)
    unfilled.run(exercise)
    expect(unfilled.run(test.id)).to_have_text(re.compile(f"{exercise}: all visible checks pass."))
    unfilled.write(exercise, f"{right}\n)")
    unfilled.run(exercise)
    failed = f"the last run of the cell that defines `{exercise}` failed"
    expect(unfilled.run(test.id)).to_contain_text(failed)
    keep_screenshot(unfilled.page, f"{name}_broken")
    if re.search(rf"^(def|class) {exercise}\b", right, re.MULTILINE):  # or it has another name
        unfilled.write(exercise, right.replace(exercise, "another_name"))
        unfilled.run(exercise)
        expect(unfilled.run(test.id)).to_contain_text(f"its cell no longer defines `{exercise}`")


@pytest.mark.parametrize("unfilled", [COURSE.assignments[1]], indirect=True, ids=["02_poisson_glm"])
def test_messages_are_calm_cards_and_the_last_cell_a_table(unfilled, keep_screenshot):
    name, page = unfilled.assignment.name, unfilled.page
    exercise, test = first_exercise(unfilled.assignment)
    wrong, hint = wrong_answer(unfilled.assignment, exercise, test)
    right = answers(name, exercise, "right")[0].read_text(encoding="utf-8")
    release = COURSE.path("release", unfilled.assignment) / unfilled.assignment.filename
    last = cells.read_notebook(release).cells[-1]
    unfilled.write(last.id, LIVE + last.source)
    unfilled.run(last.id)
    for state, answer, sign, said in [
        ("todo", f"def {exercise}(*_, **__):\n    raise NotImplementedError()", "○", "not filled in yet"),
        ("wrong", wrong, "✗", hint),
        ("right", right, "✓", f"{exercise}: all visible checks pass"),
    ]:
        unfilled.write(exercise, answer)
        unfilled.run(exercise)
        shown = unfilled.run(test.id)
        expect(shown.locator(".neurocourse-card")).to_contain_text(said)
        expect(shown.locator(".neurocourse-card strong")).to_have_text(sign)
        expect(shown.locator(SEEN_ERRORS)).to_have_count(0)
        keep_screenshot(page, f"{name}_card_{state}")
    table = unfilled.run(last.id).locator("table").first
    expect(table).to_contain_text("✓ visible checks pass")
    table.scroll_into_view_if_needed()
    keep_screenshot(page, f"{name}_standing")


def test_the_solved_notebook_runs_from_top_to_bottom_without_an_error(solved):
    assert solved.errors() == []
    assert solved.figures().count() > 3


def test_moving_a_slider_changes_the_figure_and_its_description(solved, keep_screenshot):
    cell = next(c for c in solution(COURSE, solved.assignment).cells if "widgets.explore_" in c.source)
    solved.write(cell.id, LIVE + cell.source)
    shown = solved.run(cell.id)
    figure, slider = shown.locator(".widget-html img"), shown.get_by_role("slider").last
    before = figure.get_attribute("src"), figure.get_attribute("alt")
    at_end = slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemax")
    slider.press("ArrowLeft" if at_end else "ArrowRight")
    expect(figure).not_to_have_attribute("src", before[0])
    expect(figure).not_to_have_attribute("alt", before[1])
    keep_screenshot(solved.page, f"{solved.assignment.name}_widget")
