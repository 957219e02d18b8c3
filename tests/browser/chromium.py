"""The system's Chromium, without a window and without a network."""

import contextlib
import shutil

from playwright.sync_api import sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Nothing outside of this machine can be reached, so that a page which tries is seen to fail.
_OPTIONS = ["--disable-quic", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


def program():
    """Return the path of Chromium, or None where it is not installed."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextlib.contextmanager
def running_browser():
    """Start Chromium and end it. While it is open, no other event loop can run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=_OPTIONS)
        yield browser
        browser.close()
