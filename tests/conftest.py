"""How the tests are dealt out to processes: file by file, or finer where a file says so."""

import pytest


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items):
    """Keep the tests of a file together; those of a file with `DEALT_BY`, by that parameter of theirs."""
    for item in items:
        parameter = getattr(item.module, "DEALT_BY", None) if hasattr(item, "module") else None
        value = item.callspec.params.get(parameter, "") if hasattr(item, "callspec") else ""
        item.add_marker(pytest.mark.xdist_group(f"{item.path}{value}"))
