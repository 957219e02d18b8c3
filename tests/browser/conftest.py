"""A browser, closed after each file of tests: while it is open, no other event loop can run."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

SCREENSHOTS = Path(__file__).with_name("screenshots")
_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Nothing outside of this machine can be reached, so that a page which tries is seen to fail.
_OPTIONS = ["--disable-quic", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


@pytest.fixture(scope="module")
def browser():
    """The system's Chromium, without a window and without a network."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        assert not os.environ.get("CI"), "continuous integration needs Chromium: apt-get install chromium"
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def keep_screenshot():
    """A function that keeps a picture of a page, to be looked at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    return lambda page, name, **how: page.screenshot(path=SCREENSHOTS / f"{name}.png", **how)
