"""How the tests are dealt out to processes: file by file, and the answer bank by assignment."""

import pytest
from xdist.scheduler import LoadScopeScheduling

# In these, each parameter up to its first slash is dealt out alone: it takes a minute or two.
BY_PARAMETER = ("tests/notebooks/test_answers.py",)


class ByFile(LoadScopeScheduling):
    """Keeps the tests of a file in one process, since they share what takes long to make."""

    def _split_scope(self, nodeid):
        file, _, test = nodeid.partition("::")
        return file + (test.partition("[")[2].partition("/")[0] if file in BY_PARAMETER else "")


@pytest.hookimpl
def pytest_xdist_make_scheduler(config, log):
    """Let xdist deal the tests out so."""
    return ByFile(config, log)
