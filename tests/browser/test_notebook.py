"""A tutorial in a real Notebook 7: folded checks, cards, expected figures, live widgets and videos."""

import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from examiner.course.facts import read_course
from examiner.notebook import cells
from tests.browser.jupyterlab import SECONDS, running_lab
from tests.notebooks.rehearsal import ROOT

COURSE = read_course(ROOT)
ASSIGNMENT = COURSE.assignment("02_poisson_glm")
RELEASE = COURSE.path("release", ASSIGNMENT) / ASSIGNMENT.filename
LIVE = "import os\nos.environ['NEUROCOURSE_QUICK'] = '0'  # quick mode shows no live widgets\n"
_RUN = """async ([ids, before]) => {
    const app = window.jupyterapp;
    const notebook = app.shell.currentWidget.content;
    for (const [place, cell] of notebook.widgets.entries()) {
        if (!ids.includes(cell.model.id)) continue;
        const text = cell.model.sharedModel;
        if (cell.model.id === "setup") text.setSource(before + text.source);
        notebook.activeCellIndex = place;
        await app.commands.execute("notebook:run-cell");
    }
}"""


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    """The unfilled notebook, open in Notebook 7, with the cells run that these tests look at."""
    folder = tmp_path_factory.mktemp("notebook")
    shutil.copy(RELEASE, folder)
    with running_lab(folder, "notebook") as address, browser.new_page() as page:
        page.set_viewport_size({"width": 1200, "height": 1000})
        page.set_default_timeout(1000 * SECONDS)
        start = urlsplit(address)
        page.goto(f"{start.scheme}://{start.netloc}/notebooks/{RELEASE.name}?{start.query}")
        page.wait_for_function("() => window.jupyterapp?.shell.currentWidget?.content?.widgets.length")
        page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.ready")
        yield page
        page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")


def cell(page, cell_id):
    place = [each.id for each in cells.read_notebook(RELEASE).cells].index(cell_id)
    return page.locator(f'.jp-Cell[data-windowed-list-index="{place}"]')


def run(page, *ids):
    page.evaluate(_RUN, [list(ids), LIVE])


def test_checks_are_folded_and_exercises_open(page, keep_screenshot):
    release = cells.read_notebook(RELEASE)
    folded = page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.widgets.filter(cell => cell.inputHidden)"
        ".map(cell => cell.model.id)"
    )
    assert folded == [each.id for each in release.cells if each.metadata.get("jupyter")]
    keep_screenshot(page, "notebook7_open")


def test_the_setup_cell_says_nothing_where_the_helper_module_is_there(page):
    run(page, "setup")
    expect(cell(page, "setup").locator(".jp-OutputArea-output")).to_have_count(0)


def test_a_check_is_a_card_and_the_expected_figure_opens_below_it(page, keep_screenshot):
    run(page, "setup", "make_design_matrix", "make_design_matrix-test", "show-design-matrix")
    card = cell(page, "make_design_matrix-test").locator(".neurocourse-card")
    expect(card).to_contain_text("not filled in yet: make_design_matrix")
    shown = cell(page, "show-design-matrix")
    expect(shown.locator("img").first).to_be_hidden()
    shown.locator("summary").click()
    expect(shown.locator("img").first).to_be_visible()
    keep_screenshot(page, "notebook7_expected")


def test_a_video_has_a_tab_for_each_site_and_a_link_that_opens_a_page_of_its_own(page, keep_screenshot):
    first = next(each.id for each in cells.read_notebook(RELEASE).cells if "widgets.videos(" in each.source)
    run(page, "setup", first)
    expect(cell(page, first).get_by_role("tab")).to_have_text(["YouTube", "Bilibili"])
    link = cell(page, first).get_by_role("link", name="Watch it on YouTube")
    expect(link).to_have_css("text-decoration-line", "underline")
    expect(link).to_have_attribute("target", "_blank")
    keep_screenshot(page, "notebook7_video")
