"""A browser, closed after each file of tests: while it is open, no other event loop can run."""

import os
from pathlib import Path

import pytest

from tests.browser.chromium import program, running_browser

SCREENSHOTS = Path(__file__).with_name("screenshots")


@pytest.fixture(scope="module")
def browser():
    """The system's Chromium, without a window and without a network."""
    if program() is None:
        assert not os.environ.get("CI"), "continuous integration needs Chromium: apt-get install chromium"
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with running_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def keep_screenshot():
    """A function that keeps a picture of a page, to be looked at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    return lambda page, name, **how: page.screenshot(path=SCREENSHOTS / f"{name}.png", **how)
