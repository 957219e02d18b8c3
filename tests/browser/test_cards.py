"""What cells of a notebook show, in a page: cards of each state, and "where you stand" of each tutorial."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from examiner.course.facts import read_course
from examiner.notebook import cells
from neurocourse import cards, settings
from neurocourse.look import SIGNS, style_sheet
from tests.notebooks.rehearsal import ROOT

COURSE = read_course(ROOT)
SIZES = {"laptop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
# A front end's own style: its text and its ground, light or dark, and a table that scrolls in its cell.
FRONT_END = (
    "body { color: var(--look-ink); background: var(--look-paper); font-family: var(--look-type) }"
    "section { overflow-x: auto }"
)
PAGE = (
    "<!DOCTYPE html><html lang=en><title>Cards</title><style>{style}</style>"
    "<main><h1>Cards</h1>{body}</main></html>"
)
SAID = "`compute_dNLL` is not right yet: it has the shape (3,), expected (5,). Is it transposed?"


@pytest.fixture(scope="module")
def shown():
    """The HTML that the last cell of each tutorial shows where nothing has been run, by the tutorial."""
    shell = InteractiveShell.instance()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "is_quick", lambda: False)
            shell.run_cell("from neurocourse import notebook, widgets\nnotebook.set_up()")
            yield {assignment.name: last_cell_of(assignment, shell) for assignment in COURSE.assignments}
    finally:
        InteractiveShell.clear_instance()


def last_cell_of(assignment, shell):
    notebook = cells.read_notebook(COURSE.path("release", assignment) / assignment.filename)
    with capture_output() as captured:
        assert shell.run_cell(notebook.cells[-1].source).success
    return "".join(output.data.get("text/html", "") for output in captured.outputs)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_cards_and_in_the_last_cell_of_each_tutorial(
    browser, shown, size, scheme, keep_screenshot
):
    assert all(html.count("<table>") == 1 for html in shown.values())
    parts = [*(cards.as_card(state, SAID)["text/html"] for state in SIGNS)]
    parts += [f"<section tabindex=0 aria-label={name}>{html}</section>" for name, html in shown.items()]
    html = PAGE.format(style=style_sheet() + FRONT_END, body="".join(parts))
    with browser.new_page(viewport=SIZES[size], color_scheme=scheme) as page:
        page.set_content(html)
        keep_screenshot(page, f"cards_{size}_{scheme}", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]
        # The same label on each: they stand in five notebooks.
        options = {"rules": {"landmark-unique": {"enabled": False}}}
        found = Axe().run(page, options=options).response["violations"]
        assert [(v["id"], v["impact"], v["nodes"][0]["html"]) for v in found] == []
