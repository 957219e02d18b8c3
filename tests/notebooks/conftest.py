"""Keeps the tests of one lesson on one worker, so that each run of a notebook serves all of them."""

import pytest


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.stem.endswith("_lesson"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
