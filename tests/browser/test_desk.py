"""The marking desk as a person meets it who marks a class: by keys, safe, and next to others who mark."""

import hashlib
import re
import urllib.error
import urllib.request

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from examiner.course.facts import read_course
from examiner.desk.serve import EXTENSION
from examiner.gradebook import scores
from examiner.gradebook.database import open_gradebook
from examiner.notebook import cells
from examiner.publishing.release import release, solution
from examiner.verdict import SubmissionState, TestResult, TestState, Verdict, WrittenAnswer
from tests.browser.servers import SECONDS, running_server
from tests.browser.test_formgrader import LAPTOP
from tests.examiner.conftest import make_course

PHONE = {"width": 390, "height": 844}
TOKEN = "a-token-of-the-tests"
SCHEME = "- 25 points: says that $a + b = b + a$.\n- 15 points: says why."
HOSTILE = (
    "Because <script>window.ran = 1</script><img src=x onerror='window.ran = 2'> [so](javascript:ran=3) "
    '<style>body { display: none }</style><p style="position: fixed">all</p> $\\href{javascript:ran=4}{x}$'
)
ANSWERS = {
    "ada": "Because of $a + b = b + a$.",
    "ben": "because of  $$b + a = a + b$$",
    "cleo": "It was said in the lecture, and the book says so too.",
    "dan": "idk",
    "eve": HOSTILE,
    "fay": "A circle around zero can be walked in both ways.",
}
WHERE = "/desk/01_adding/why"


@pytest.fixture
def course(tmp_path_factory):
    """A course whose written answers wait; nothing was run for it."""
    root = make_course(tmp_path_factory.mktemp("desk") / "course")
    course = read_course(root)
    (assignment,) = course.assignments
    path = course.path("source", assignment) / assignment.filename
    source = cells.read_notebook(path)
    source.cells[-1].source = "Why?\n\n" + source.cells[-1].source.replace("One point for the word.", SCHEME)
    path.write_text(cells.canonical_text(source))
    release(course, assignment)
    for student, text in ANSWERS.items():
        notebook = solution(course, assignment)
        notebook.cells[-1].source = f"Why?\n\n{text}"
        folder = course.path("autograded", assignment, student)
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / assignment.filename)
        written = WrittenAnswer("why", True, hashlib.sha256(text.encode()).hexdigest()[:16])
        tests = tuple(
            TestResult(f"{name}-test", name, TestState.PASSED, points, bonus)
            for name, points, bonus in (("add", 60, 0), ("double", 0, 5))
        )
        verdict = Verdict(student, assignment.name, SubmissionState.GRADED, tests=tests, written=(written,))
        scores.record(course, assignment, verdict)
    return course


@pytest.fixture(autouse=True)
def _patience():
    """Let what a page is expected to show take its time while others compute."""
    expect.set_options(timeout=1000 * SECONDS)
    yield
    expect.set_options(timeout=5000)


@pytest.fixture
def address(course, tmp_path_factory):
    """Where the desk is served."""
    with running_server(course.root, tmp_path_factory.mktemp("home"), EXTENSION, token=TOKEN) as address:
        yield address.rstrip("/")


def given(course):
    """Return each student's points for the written answer, None where it waits, with the comment."""
    book = scores.scores(course, course.assignments[0])
    written = {student: score.written["why"] for student, score in book.items()}
    return {
        student: (None if answer.waiting else answer.points, book[student].comments.get("why", ""))
        for student, answer in written.items()
    }


def by_formgrader(course, student, points):
    with open_gradebook(course) as book:
        grade = book.find_grade("why", "adding", "01_adding", student)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()


def answer(address, path, *, data=None, **headers):
    """Return the status and the headers of an answer of the server, without following it elsewhere."""
    opener = urllib.request.build_opener(_Staying)
    try:
        with opener.open(urllib.request.Request(address + path, data, headers)) as response:
            return response.status, response.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


class _Staying(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def open_groups(page):
    """Return, for each group of the list, how many answers it has and how it stands."""
    return page.locator("#groups li > span:first-child").all_text_contents()


def press(page, *keys):
    """Press keys one after the other, each as a person does who sees what the last one did."""
    for key in keys:
        expect(page.locator("#desk")).to_have_attribute("aria-busy", "false")
        page.keyboard.press(key)


def go_to(page, words):
    """Skip groups by a key until one with these words is open."""
    for _ in ANSWERS:
        expect(page.locator("#desk[aria-busy=false] #group-title")).to_contain_text("answer")
        if page.locator(".answer").filter(has_text=words).count():
            return
        press(page, "n")
    raise AssertionError(words)


# One test, as each of its steps goes on where the last one left the class, and one server is enough for all.
def test_a_class_is_marked_by_keys(course, address, browser, keep_screenshot):
    _check_walls(address)
    context = browser.new_context(viewport=LAPTOP)
    context.set_default_timeout(1000 * SECONDS)
    page = context.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/desk?token={TOKEN}")
    assert "token" not in page.content()
    page.get_by_role("link", name="why").click()
    expect(page.locator("#progress")).to_have_text("0 of 6 answers marked, 5 groups left")
    _check_marking(course, page, keep_screenshot)
    _check_haste(course, page)
    _check_guesses(course, page, keep_screenshot)
    _check_hostile(page)
    _check_splitting(page)
    _check_conflict(course, page)
    _check_items(course, page)
    _check_end(course, page, context, address)
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert [error for error in errors if "409" not in error] == [], "409 is how a refusal is told"
    _check_looks(browser, address, keep_screenshot)
    context.close()


def _check_walls(address):
    """Nothing is told to who is not logged in, nothing is written without the page's own token."""
    assert answer(address, "/desk")[0] == 302
    assert answer(address, WHERE)[0] == 302
    assert answer(address, "/desk/static/desk.js")[0] == 302
    for call in ("question", "decide", "undo", "revise"):
        assert answer(address, f"/desk/api/{call}", data=b"{}")[0] == 403
    status, headers = answer(address, f"{WHERE}?token={TOKEN}")
    assert status == 200
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;" in policy
    assert "unsafe" not in policy
    cookies = "; ".join(cookie.partition(";")[0] for cookie in headers.get_all("Set-Cookie"))
    assert answer(address, WHERE, Cookie=cookies)[0] == 200
    forged = {"Cookie": cookies, "Content-Type": "text/plain"}
    assert answer(address, "/desk/api/undo", data=b"{}", **forged)[0] == 403
    known = {"Authorization": f"token {TOKEN}"}
    for body in (b"[]", b"{", b'{"assignment": 1}', b"[" * 100_000, b'{"page": "#"}'):
        assert answer(address, "/desk/api/undo", data=body, **known)[0] == 400
    assert answer(address, "/desk/api/nothing", data=b"{}", **known)[0] == 404
    assert answer(address, "/desk/static/desk.py", **known)[0] == 404
    assert answer(address, "/desk/01_adding/nothing", **known)[0] == 404
    assert answer(address, "/desk/nothing", **known)[0] == 404


def _check_marking(course, page, keep_screenshot):
    """Two answers with one formula in two forms are marked at once, with a comment, and taken back."""
    go_to(page, "Because of")
    assert page.locator(".answer").count() == 2
    keep_screenshot(page, "desk")
    press(page, "1")
    expect(page.get_by_role("button", name="says that")).to_have_attribute("aria-pressed", "true")
    press(page, "c")
    page.keyboard.type("Say *why*, too.")
    press(page, "Escape")
    expect(page.locator("#group-title")).to_be_focused()
    press(page, "Enter")
    expect(page.get_by_role("status").first).to_have_text("Saved: 25 points for 2 answers.")
    assert given(course)["ada"] == given(course)["ben"] == (25, "Say *why*, too.")
    press(page, "u")
    expect(page.get_by_role("status").first).to_have_text("Taken back for 2 answers.")
    assert given(course)["ada"] == given(course)["ben"] == (None, "")
    go_to(page, "Because of")
    press(page, "1", "2", "Enter")
    expect(page.get_by_role("status").first).to_have_text("Saved: 40 points for 2 answers.")
    expect(page.locator("#progress")).to_have_text("2 of 6 answers marked, 4 groups left")


def _check_haste(course, page):
    """What is pressed while an answer is being saved is not about the next one, and is left out."""
    go_to(page, "Because window")
    before, held = given(course), []
    page.route("**/api/decide", lambda route: held.append(route))
    with page.expect_request("**/api/decide"):
        press(page, "1", "Enter")
    for key in ("2", "Enter", "1", "Enter"):
        page.keyboard.press(key)
    held[0].continue_()
    expect(page.get_by_role("status").first).to_have_text(
        "Saved: 25 points for 1 answer. "
        "What was pressed before the answer was shown is left out: press it again."
    )
    assert len(held) == 1
    page.unroute("**/api/decide")
    press(page, "u")
    expect(page.get_by_role("status").first).to_have_text("Taken back for 1 answer.")
    assert given(course) == before


def _check_guesses(course, page, keep_screenshot):
    """A guess looks like one, is a mark only by Enter, and is not asked for where somebody wants none."""
    before, asked = given(course), []
    go_to(page, "lecture")
    page.route("**/api/take", lambda route: _with_guess(route, asked))
    page.get_by_label("Guesses").uncheck()
    expect(page.locator("#desk")).to_have_attribute("aria-busy", "false")
    page.get_by_label("Guesses").check()
    expect(page.locator("#group-told")).to_contain_text(
        "Guessed from 30 marked groups, 28 of which it would get right from the others. "
        "Read before you press Enter"
    )
    assert asked == [False, True]
    page.get_by_label("Guesses").blur()
    first, second = page.locator(".item").all()
    expect(first).to_contain_text("guessed: yes")
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(second).to_contain_text("guessed: no")
    expect(second).to_have_attribute("aria-pressed", "false")
    keep_screenshot(page, "desk_guess")
    assert given(course) == before
    press(page, "2")
    expect(second).not_to_contain_text("guessed")
    expect(first).to_contain_text("guessed: yes")
    press(page, "Enter")
    expect(page.get_by_role("status").first).to_have_text("Saved: 40 points for 1 answer.")
    go_to(page, "A circle")  # stubs, which come last, are not guessed
    expect(page.locator("#group-told")).to_contain_text("you kept 0 of the last 1")
    page.unroute("**/api/take")
    press(page, "u")
    expect(page.get_by_role("status").first).to_have_text("Taken back for 1 answer.")
    assert given(course) == before
    page.get_by_label("Guesses").uncheck()
    page.reload()
    expect(page.locator("#desk")).to_have_attribute("aria-busy", "false")
    expect(page.get_by_label("Guesses")).not_to_be_checked()
    page.get_by_label("Guesses").check()
    page.get_by_label("Guesses").blur()


def _with_guess(route, asked):
    """Answer as the server does when thirty groups are marked: the first item yes, the second one no."""
    wanted = route.request.post_data_json.get("guesses")
    if wanted is None:  # it only goes on holding the group
        return route.continue_()
    asked.append(wanted)
    answer = route.fetch()
    items = route.request.frame.page.locator(".item").evaluate_all(
        "all => all.map(each => each.dataset.item)"
    )
    guess = {"items": {items[0]: True, items[1]: False}, "n_marked": 30, "n_right": 28}
    return route.fulfill(response=answer, json={**answer.json(), "guess": guess if wanted else None})


def _check_hostile(page):
    go_to(page, "Because window")
    shown = page.locator(".answer")
    assert shown.locator("script, style, [style], [onerror]").count() == 0
    assert page.evaluate("window.ran") is None
    assert page.locator('[href^="javascript"]').count() == 0


def _check_splitting(page):
    """Two groups are merged, and one of them is split off again."""
    go_to(page, "lecture")
    page.locator("#all > summary").click()
    page.locator("#groups li").filter(has_text="A circle").get_by_role("button", name="Merge").click()
    expect(page.get_by_role("status").first).to_have_text("The two groups are one now.")
    expect(page.locator("#group-title")).to_have_text("2 answers")
    page.locator(".answer").filter(has_text="circle").get_by_role("button", name="Split off").click()
    expect(page.get_by_role("status").first).to_have_text("1 answer split off.")
    expect(page.locator("#group-title")).to_have_text("1 answer")


def _check_conflict(course, page):
    """A score that Formgrader gave meanwhile is told and stays."""
    go_to(page, "lecture")
    by_formgrader(course, "cleo", 7)
    press(page, "2", "Enter")
    expect(page.get_by_role("status").first).to_have_text(re.compile("changed meanwhile.* Now: 7."))
    assert given(course)["cleo"][0] == 7
    assert "1 answer, Scored elsewhere, 7 points" in open_groups(page)


def _check_items(course, page):
    """Other points of an item change who was marked by it, once a table was shown."""
    page.get_by_role("button", name="Edit item 2").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Points").fill("5")
    dialog.get_by_role("button", name="Show who changes").click()
    expect(dialog.get_by_role("row")).to_have_count(3)
    expect(dialog.get_by_role("row").last).to_have_text(re.compile(r"Answer \d\s*40\s*30"))
    dialog.get_by_role("button", name="Change it, and 2 scores").click()
    expect(page.get_by_role("status").first).to_have_text("The mark scheme is changed.")
    assert given(course)["ada"][0] == given(course)["ben"][0] == 30
    expect(page.locator("#sum-told")).to_have_text("The items add up to 30, and the question is worth 40.")


def _check_end(course, page, context, address):
    """A stub is 0 points by one key, other answers by two; what one page holds another one leaves alone."""
    status = page.get_by_role("status").first
    go_to(page, "Because window")
    press(page, "Enter")
    expect(status).to_have_text("No item is chosen. Enter again for 0 points.")
    press(page, "Enter")
    expect(status).to_have_text("Saved: 0 points for 1 answer.")
    go_to(page, "A circle")
    press(page, "0", "Enter")
    expect(page.locator("#progress")).to_have_text("5 of 6 answers marked, 1 group left")
    go_to(page, "idk")
    expect(page.locator("#group-told")).to_contain_text("0 points are suggested")
    other = context.new_page()
    other.goto(address + WHERE)
    expect(other.locator("#group-title")).to_have_text("Others have the rest on their desks")
    other.close()
    _check_letting_go(page, context, address)
    press(page, "Enter")
    expect(page.locator("#group-title")).to_have_text("All answers are marked")
    assert [points for points, _ in given(course).values()] == [30, 30, 7, 0, 0, 0]
    page.get_by_role("button", name="Mark a sample again").click()
    expect(page.locator("#group-title")).to_have_text("Mark this answer again")
    for _ in range(5):
        told = page.locator("#group-told").inner_text()
        press(page, "1", "Enter")
        expect(page.locator("#group-told")).not_to_have_text(told, use_inner_text=True)
    expect(page.get_by_role("table")).to_contain_text("no variation: no kappa")
    assert [points for points, _ in given(course).values()] == [30, 30, 7, 0, 0, 0]


def _check_letting_go(page, context, address):
    """What another page lets go of can be skipped to, without a new start of this one."""
    undone = context.new_page()
    undone.goto(address + WHERE)
    press(undone, "u")
    expect(undone.locator("#group-title")).to_have_text("1 answer")
    page.locator("#distance").dispatch_event("change")
    expect(page.locator("#groups li").filter(has_text="has it")).to_have_count(1)
    undone.close()
    shown = page.locator(".answer").inner_text()
    for _ in range(50):
        press(page, "n")
        if page.locator(".answer").inner_text() != shown:
            break
    expect(page.locator(".answer")).not_to_contain_text("idk")
    go_to(page, "idk")
    press(page, "p")
    expect(page.locator(".answer")).not_to_contain_text("idk")
    press(page, "0", "Enter")


def _check_looks(browser, address, keep_screenshot):
    """axe finds nothing serious or moderate, and no page is wider than its screen."""
    for scheme, size in (("light", LAPTOP), ("dark", PHONE)):
        with browser.new_context(viewport=size, color_scheme=scheme) as context:
            page = context.new_page()
            page.goto(f"{address}/desk?token={TOKEN}")
            _check_axe(page)
            page.goto(address + WHERE)
            page.locator("#groups li").first.wait_for(state="attached", timeout=1000 * SECONDS)
            page.locator("#all > summary").click()
            page.locator("#groups").get_by_role("button", name="Open").first.click()
            page.locator(".answer").first.wait_for(timeout=1000 * SECONDS)
            keep_screenshot(page, f"desk_{scheme}_{size['width']}")
            _check_axe(page)
            page.get_by_role("button", name="Add an item").click()
            _check_axe(page)


def _check_axe(page):
    found = Axe().run(page).response["violations"]
    assert [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found if each["impact"] != "minor"
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
