"""A feedback page of each state in a browser: readable by all, without script, on a phone, dark, on paper."""

import base64
import io
import re

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from examiner.batch.run import grade
from examiner.course.facts import read_course
from examiner.gradebook import scores
from examiner.publishing.release import solution
from examiner.results.feedback import write_feedback
from examiner.results.shown_outputs import LARGEST_PICTURE
from tests.examiner.attacks import ATTACKS, handlers_and_links
from tests.examiner.conftest import make_course

SIZES = {"laptop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
PICTURES = re.compile(r'src="(data:image/[^"]+)"')


def noisy_picture():
    file = io.BytesIO()
    Image.effect_noise((900, 700), 90).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


HOSTILE = {
    "add": "def add(a, b):\n    return 3  # " + "x" * 4_000 + "\n\n"
    "print('\\x1b[31m\\u202eturned\\x07' + 'y' * 5_000)\n"
    "from matplotlib import pyplot as plt\n"
    "for i in range(80):\n    plt.figure()\n    plt.imshow([[1, 2], [3, i]])\n    plt.show()\n"
    "raise ValueError('<script>alert(1)</script>\\u202e' + 'z' * 3_000)",
    "double": "def double(a):\n    return '\u202e'",
    "why": "# A heading\n\n#### and a smaller one\n\n" + "w" * 3_000 + "\n\n"
    "[](https://a.org) <a href='https://a.org'></a> <details><summary></summary>x</details>\n\n"
    "| a | b |\n|---|---|\n| " + "c" * 400 + " | d |\n\n"
    "$$" + " + ".join("abcdefghijklmnopqrstuvwxyz" * 3) + "$$ $\\odd{x}$ \x00\u202e\u2066 open\n\n"
    f"![a picture](data:image/png;base64,{noisy_picture()})\n\n" + "\n\n".join(ATTACKS),
}  # fmt: skip
ANSWERS = {
    "passed": {},
    "waiting": {},
    "failed": {"add": "def add(a, b):\n    return 3", "double": "undefined", "why": ""},
    "changed": {},
    "hostile": HOSTILE,
}
STATES = [*ANSWERS, "unreadable", "needs_review"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The page of a submission in each state, by state."""
    course = read_course(make_course(tmp_path_factory.mktemp("graded") / "course"))
    (assignment,) = course.assignments

    def examine(student, text):
        folder = course.path("submitted", assignment, student)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / assignment.filename).write_text(text, encoding="utf-8")
        scores.record(course, assignment, grade(course, assignment, student)[0])

    def solved(answers):
        notebook = solution(course, assignment)
        for cell in notebook.cells:
            cell.source = answers.get(cell.id, cell.source)
        return notebook

    for student, answers in ANSWERS.items():
        examine(student, nbformat.writes(solved(answers)))
    give(course, assignment, ["passed", "changed"])
    examine("changed", nbformat.writes(solved({"why": "Another reason, $a^2$."})))
    examine("unreadable", "{")
    rivals = solved({"add": "def add(a, b):\n    return a + b"})
    rivals.cells[3:4] = [
        {
            **rivals.cells[3],
            "id": f"add-{n}",
            "metadata": {},
            "source": f"def add(a, b):\n    return a + b + {n}",
        }
        for n in range(2)
    ]
    examine("needs_review", nbformat.writes(nbformat.from_dict(rivals)))
    return {path.parts[-3]: path for path in write_feedback(course, assignment)}


def give(course, assignment, students):
    """Score the written answers of some students, with a comment, as a person does."""
    with scores.open_gradebook(course) as book:
        for student in students:
            cell = "why", assignment.notebook, assignment.name, student
            score = book.find_grade(*cell)
            score.manual_score, score.needs_manual_grade = 40, False
            book.find_comment(*cell).manual_comment = "Well said: $a + b = b + a$."
        book.db.commit()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_the_page_fits_the_screen(browser, pages, state, size, scheme, keep_screenshot):
    with browser.new_page(viewport=SIZES[size], color_scheme=scheme, java_script_enabled=True) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(pages[state].as_uri())
        keep_screenshot(page, f"feedback_{state}_{size}_{scheme}", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["impact"], v["nodes"][0]["html"]) for v in found] == []
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_what_waits_is_told_apart_in_the_bar_without_its_colour(browser, pages):
    with browser.new_page(viewport=SIZES["laptop"]) as page:
        page.goto(pages["waiting"].as_uri())
        grounds = page.locator(".bar > span").evaluate_all(
            "spans => spans.map(span => getComputedStyle(span).backgroundImage.split('(')[0])"
        )
    assert grounds == ["none", "none", "repeating-linear-gradient"]


def test_a_page_on_which_everything_passed_prints_on_two_pages(browser, pages):
    with browser.new_page(viewport=SIZES["laptop"]) as page:
        page.goto(pages["passed"].as_uri())
        printed = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) <= 2


def test_the_page_of_a_hostile_notebook_is_as_calm_as_the_others(browser, pages):
    html = pages["hostile"].read_text(encoding="utf-8")
    assert handlers_and_links(re.sub(r"</?math[^>]*>", "", html)) == ["style"]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)
    assert max(map(len, PICTURES.findall(html))) <= LARGEST_PICTURE
    assert html.count("<img") <= 5
    with browser.new_page(viewport=SIZES["laptop"]) as page:
        page.goto(pages["hostile"].as_uri())
        assert page.evaluate("document.documentElement.scrollHeight") < 8 * SIZES["laptop"]["height"]


@pytest.mark.parametrize("state", STATES)
def test_a_page_says_what_it_says_without_its_style(browser, pages, state):
    """Some mail programs leave out a page's style."""
    html = re.sub("<style>.*?</style>", "", pages[state].read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "<script" not in html
    assert "<link" not in html
    with browser.new_page(viewport=SIZES["laptop"]) as page:
        page.set_content(html)
        words = page.locator("main").inner_text()
    assert re.search(r"points|Not graded|A person looks at this first", words)
