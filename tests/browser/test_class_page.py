"""The class in pictures in a browser: read by all, without script, on a phone, dark, on paper."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from examiner.charts.page import chapter, page_of
from examiner.course.facts import read_course
from examiner.wording import harmless
from tests.browser.test_feedback import SIZES
from tests.examiner.charts.conftest import mixed_class, record_of  # noqa: F401  (a fixture)
from tests.examiner.conftest import ROOT
from tests.examiner.verdicts import verdict_on


@pytest.fixture
def pages(tmp_path, mixed_class):  # noqa: F811
    """The page of a class of thirty with hostile texts, and that of one student."""
    made = {}
    for name, record in {"thirty": mixed_class, "one": record_of([verdict_on("ada")])}.items():
        made[name] = tmp_path / f"{name}.html"
        html = page_of(read_course(ROOT), [chapter(record)])
        made[name].write_text(harmless(html), encoding="utf-8")
    return made


def test_axe_finds_nothing_and_the_page_fits_screen_and_paper(browser, pages, keep_screenshot):
    for (name, path), size, scheme in (
        (each, size, scheme) for each in pages.items() for size in SIZES for scheme in ("light", "dark")
    ):
        with browser.new_page(viewport=SIZES[size], color_scheme=scheme) as page:
            page.goto(path.as_uri())
            page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
            keep_screenshot(page, f"class_{name}_{size}_{scheme}", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]
            found = Axe().run(page).response["violations"]
            assert [(v["id"], v["impact"], v["nodes"][0]["html"]) for v in found] == []
            if (name, size, scheme) == ("thirty", "laptop", "dark"):
                assert len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4"))) <= 6
