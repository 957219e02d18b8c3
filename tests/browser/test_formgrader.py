"""Formgrader as a person meets it who marks a class: without a network, by keys, with the scheme in view."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_markdown_cell
from playwright.sync_api import expect

from examiner.batch.run import grade
from examiner.course.facts import read_course
from examiner.gradebook import scores
from examiner.notebook import cells
from examiner.publishing.release import release, solution
from tests.browser.servers import SECONDS, running_server
from tests.examiner.conftest import make_course

LAPTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
QUESTION = "### Exercise: `why` (40 points)\n\nWhy is $a + b = b + a$?\n\n"


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """A course with many given cells, and one submission in which a code answer is wrong."""
    root = make_course(tmp_path_factory.mktemp("marked") / "course")
    course = read_course(root)
    (assignment,) = course.assignments
    path = course.path("source", assignment) / assignment.filename
    source = cells.read_notebook(path)
    source.cells[-1].source = QUESTION + source.cells[-1].source
    words = "\n\n".join(["Much is said [here](https://a.org)."] * 20)
    source.cells[3:3] = [
        new_markdown_cell(f"## {n}. Section\n\n{words}", id=f"given-{n}") for n in range(1, 6)
    ]
    path.write_text(cells.canonical_text(source))
    release(course, assignment)
    handed_in = solution(course, assignment)
    for cell in handed_in.cells:
        cell.source = {"add": "def add(a, b):\n    return 3"}.get(cell.id, cell.source)
    folder = course.path("submitted", assignment, "ada")
    folder.mkdir(parents=True)
    (folder / assignment.filename).write_text(cells.canonical_text(handed_in))
    scores.record(course, assignment, grade(course, assignment, "ada")[0])
    return course


@pytest.fixture(scope="module")
def address(marked, tmp_path_factory):
    """Where Formgrader is served."""
    with running_server(marked.root, tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture
def page(browser, marked, address):
    """The page on which the submission is marked, after its scripts are done."""
    with scores.open_gradebook(marked) as book:
        (submission,) = book.notebook_submissions("adding", "01_adding")
        name = submission.id
    with browser.new_page(viewport=LAPTOP) as page:
        asked, errors = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_default_timeout(1000 * SECONDS)
        page.goto(f"{address}formgrader/submissions/{name}/")
        expect(page.locator("#add-test")).to_have_attribute("placeholder", "0")
        yield page
        assert [url for url in asked if not url.startswith((address, "data:"))] == []
        assert errors == []


def test_a_person_marks_an_answer_by_keys_with_the_scheme_in_view_and_without_a_network(
    marked, page, keep_screenshot
):
    expect(page.locator("#why")).to_have_class(re.compile("needs_manual_grade"))
    page.get_by_role("link", name="why").click()
    answer = page.locator("#answer-why")
    expect(answer.get_by_text("One point for the word.")).to_be_in_viewport()
    expect(answer.get_by_text("Because addition commutes.").first).to_be_in_viewport()
    assert answer.locator("math").count() == 1
    keep_screenshot(page, "formgrader_answer")
    page.locator("#why").fill("30")
    page.keyboard.press("Tab")
    expect(page.locator("#why_extra_credit")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#why-comment")).to_be_focused()
    page.keyboard.type("Well said: $a^2$.")
    with page.expect_response(lambda response: "/api/comment/" in response.url):
        page.keyboard.press("Escape")
    score = scores.scores(marked, marked.assignments[0])["ada"]
    assert score.written["why"] == scores.WrittenScore(30, 40, waiting=False)
    assert score.comments == {"why": "Well said: $a^2$."}


def test_what_is_given_is_folded_and_opens(page, keep_screenshot):
    assert page.evaluate("document.documentElement.scrollHeight") < 2.5 * LAPTOP["height"]
    keep_screenshot(page, "formgrader", full_page=True)
    given = page.locator("details.given").first
    expect(given.get_by_role("heading", name="5. Section")).to_be_hidden()
    assert given.locator("summary").first.evaluate("node => getComputedStyle(node).display") == "list-item"
    given.locator("summary").first.click()
    expect(given.get_by_role("heading", name="5. Section")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_axe_finds_nothing_and_the_page_fits_the_screen(page, size, scheme, keep_screenshot):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    page.locator("details.given > summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["impact"], v["nodes"][0]["html"]) for v in found] == []
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", ground))) < 200) == (scheme == "dark")
    keep_screenshot(page, f"formgrader_{size['width']}_{scheme}", full_page=True)


def test_a_name_is_hidden_until_somebody_asks_for_it(page):
    expect(page.get_by_role("link", name="ada")).to_be_hidden()
    page.get_by_role("button", name="show name").click()
    expect(page.get_by_role("link", name="ada")).to_be_visible()
    expect(page.get_by_role("link", name="Submission #1")).to_be_hidden()
