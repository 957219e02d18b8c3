"""The website in a browser and as files: complete, whole, readable on a phone, open to everybody, offline."""

import re
import threading
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from examiner.course.facts import read_course
from examiner.publishing.site import build_site
from tests.notebooks.rehearsal import ROOT

COURSE = read_course(ROOT)
TUTORIALS = [f"tutorials/{assignment.name}.html" for assignment in COURSE.assignments]
GUIDES = ["index.html", "student.html", "instructor.html", "reference/checks.html", "objectives.html"]
OTHERS = [
    "author.html",
    "grading.html",
    "engine.html",
    "twins.html",
    "data.html",
    "scale.html",
    "search.html",
]
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "link": "href"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the site, built without a warning."""
    return build_site(COURSE, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def pages(site):
    """What each page of the site holds."""
    return {path: Page(path) for path in site.rglob("*.html") if "_static" not in path.parts}


class Page(HTMLParser):
    """The ids, links, images and loaded addresses of a page."""

    def __init__(self, path):
        super().__init__()
        self.text = path.read_text(encoding="utf-8")
        self.ids, self.links, self.images, self.loads = set(), [], [], []
        self.feed(self.text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids.add(attributes.get("id"))
        if tag == "a":
            self.links.append(attributes.get("href") or "")
        if tag == "img":
            self.images.append(attributes)
        if tag in LOADS:
            self.loads.append(attributes.get(LOADS[tag]) or "")


def test_the_site_has_a_card_and_a_page_for_each_tutorial(site, pages):
    home = pages[site / "index.html"]
    for assignment, tutorial in zip(COURSE.assignments, TUTORIALS, strict=True):
        assert (site / tutorial).is_file()
        assert tutorial in home.links
        at_colab = f"{COURSE.repository}/blob/{COURSE.branch}/release/{assignment.name}/{assignment.filename}"
        for page in (home, pages[site / tutorial]):
            assert any(link.startswith("https://colab.") and link.endswith(at_colab) for link in page.links)


def test_every_link_within_the_site_leads_somewhere(pages):
    broken = []
    for path, page in pages.items():
        for link in page.links:
            address = urlsplit(link)
            target = (path.parent / unquote(address.path)).resolve() if address.path else path
            if not address.scheme and link not in ("", "#"):
                is_there = target.is_file() and address.fragment in {
                    "",
                    *getattr(pages.get(target), "ids", ()),
                }
                broken += [] if is_there else [(path.name, link)]
    assert broken == []


def test_no_page_names_anything_to_load_from_elsewhere(pages):
    outside = {load for page in pages.values() for load in page.loads if re.match(r"(https?:)?//", load)}
    assert outside == set()


def test_every_figure_has_the_alternative_text_that_its_notebook_gave_it(site, pages):
    for assignment, tutorial in zip(COURSE.assignments, TUTORIALS, strict=True):
        (executed,) = (site.parent / "executed").glob(f"{assignment.notebook}-*.ipynb")
        outputs = [o for cell in nbformat.read(executed, 4).cells for o in cell.get("outputs", [])]
        given = [o.metadata["image/png"]["alt"] for o in outputs if "image/png" in o.get("data", {})]
        shown = [image.get("alt") for image in pages[site / tutorial].images]
        assert all(shown)
        assert given
        assert set(given) <= set(shown)


def test_no_placeholder_is_left_on_a_page(pages):
    assert [path.name for path, page in pages.items() if re.search(r"\{\{ \w+ \}\}", page.text)] == []


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing of each page."""


@pytest.fixture(scope="module")
def address(site):
    """Where a server on this machine serves the site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def visit(browser, address):
    """A function that opens a page and waits for its formulas; it may ask for nothing from elsewhere."""
    with browser.new_context() as context:
        page = context.new_page()
        asked, errors = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))

        def visit(name, size=LAPTOP, scheme="light"):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            page.goto(address + name)
            page.evaluate("async () => { await window.MathJax?.startup?.promise; }")
            return page

        yield visit
        assert [url for url in asked if not url.startswith((address, "data:"))] == []
        assert errors == []


def width_of(page):
    return page.evaluate("document.documentElement.scrollWidth")


def serious_findings(page):
    """Return what axe-core finds that keeps somebody out, each with the first element that it concerns."""
    page.add_style_tag(content="* { transition: none !important; animation: none !important }")
    violations = Axe().run(page).response["violations"]
    return [
        (violation["id"], violation["nodes"][0]["html"])
        for violation in violations
        if violation["impact"] in ("moderate", "serious", "critical")
    ]


@pytest.mark.parametrize("name", [*GUIDES, *TUTORIALS])
def test_a_page_fits_a_phone_and_its_formulas_are_set(visit, site, name, keep_screenshot):
    page = visit(name, PHONE)
    assert width_of(page) == PHONE["width"]
    assert (
        page.locator("article img").evaluate_all("images => Math.max(0, ...images.map(i => i.width))") <= 390
    )
    has_formulas = 'class="math' in (site / name).read_text(encoding="utf-8")
    assert (page.locator("mjx-container").count() > 0) == has_formulas
    assert page.locator("mjx-merror").count() == 0
    keep_screenshot(page, f"site_{name.replace('/', '_')}_phone", full_page=True)


@pytest.mark.parametrize("name", [*GUIDES, *OTHERS, *TUTORIALS])
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (LAPTOP, "light")], ids=["phone", "laptop"])
def test_axe_finds_nothing_serious_on_a_page(visit, name, size, scheme, keep_screenshot):
    page = visit(name, size, scheme)
    assert serious_findings(page) == []
    keep_screenshot(page, f"site_{name.replace('/', '_')}_{scheme}")


def test_a_command_is_not_cut_at_the_edge_of_a_phone_and_a_drawing_keeps_its_lines(visit):
    page = visit("week-brightspace.html", PHONE)
    blocks = page.locator("article pre").evaluate_all(
        "blocks => blocks.map(b => b.scrollWidth - b.clientWidth)"
    )
    assert blocks
    assert max(blocks) <= 0
    page = visit("engine.html", PHONE)
    drawing = page.locator("article pre", has_text="nursery of examinations")
    assert drawing.evaluate("block => getComputedStyle(block).whiteSpace") == "pre"


def test_a_reader_finds_the_way_by_menu_card_and_next_page(visit, keep_screenshot):
    page = visit("index.html")
    keep_screenshot(page, "site_home")
    page.get_by_role("heading", name=COURSE.assignments[1].title).get_by_role("link").first.click()
    expect(page).to_have_title(re.compile(COURSE.assignments[1].title))
    keep_screenshot(page, "site_tutorial")
    page.locator("nav").get_by_role("link", name="Student guide").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Student guide")
    page.locator(".prev-next-area").get_by_role("link").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Instructor guide")


def test_on_a_phone_the_menu_opens_and_leads_on(visit, keep_screenshot):
    page = visit("student.html", PHONE)
    menu = page.get_by_role("link", name=COURSE.assignments[0].title)
    expect(menu.first).not_to_be_in_viewport()
    page.get_by_role("button", name="Toggle primary sidebar").click()
    keep_screenshot(page, "site_menu_phone")
    menu.first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(COURSE.assignments[0].title)


def test_search_finds_a_term_of_a_tutorial(visit, keep_screenshot):
    page = visit("index.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("forward backward")
    page.keyboard.press("Enter")
    found = page.locator("#search-results").get_by_role("link", name=COURSE.assignments[3].title)
    expect(found.first).to_be_visible()
    keep_screenshot(page, "site_search")
    found.first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(COURSE.assignments[3].title)
