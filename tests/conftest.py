"""How the tests are dealt out to processes: file by file, and the answer bank by assignment.

What students might hand in is no test: pytest would run it while it looks for examples, outside of a sandbox.
"""

from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

# In these, each parameter up to its first slash is dealt out alone: it takes a minute or two.
BY_PARAMETER = ("tests/notebooks/test_answers.py",)
HANDED_IN = [Path(__file__).with_name(name) for name in ("answers", "attacks")]


def pytest_sessionstart(session):
    """Refuse to take attacks and answers for tests, also where somebody names them."""
    for argument in session.config.args:
        path = Path(session.config.invocation_params.dir, argument.partition("::")[0]).resolve()
        if any(path.is_relative_to(folder) for folder in HANDED_IN):
            raise pytest.UsageError(
                f"{argument} is no test: pytest would run it outside of the sandbox. What stands there is "
                "tried by tests/examiner/test_attacks.py and tests/notebooks/test_answers.py: choose with -k."
            )


class ByFile(LoadScopeScheduling):
    """Keeps the tests of a file in one process, since they share what takes long to make."""

    def _split_scope(self, nodeid):
        file, _, test = nodeid.partition("::")
        return file + (test.partition("[")[2].partition("/")[0].rstrip("]") if file in BY_PARAMETER else "")


@pytest.hookimpl
def pytest_xdist_make_scheduler(config, log):
    """Let xdist deal the tests out so."""
    return ByFile(config, log)
