"""Each command imports what it needs itself: what is slow to import is left to the commands that need it."""

import argparse
import json
import subprocess
import sys

import pytest

from examiner import commands
from examiner.returning import way_back
from tests.examiner.conftest import ROOT

ANY = "nbgrader nbconvert jupyter_client nbclient matplotlib scipy sklearn torch pandas distributed arrow"
GRADEBOOK = "sqlalchemy nbformat numpy"
PAGES = "bleach jinja2 pygments PIL mistune IPython tqdm"
LIGHT = f"{ANY} {PAGES} {GRADEBOOK}"
SLOW = {
    ("--help",): LIGHT,
    ("grade", "--help"): LIGHT,
    ("report",): f"{ANY} {PAGES}",
    ("review",): f"{ANY} {PAGES}",
    ("explain", "ada", "01_adding"): f"{ANY} {PAGES}",
    ("grade",): f"{ANY} bleach jinja2 pygments PIL mistune IPython",
}
TELLS = """
import json, sys
sys.modules["isoduration"] = None
from examiner.commands import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


@pytest.mark.parametrize(("arguments", "slow"), SLOW.items(), ids=map(" ".join, SLOW))
def test_a_command_imports_nothing_slow_that_it_does_not_need(course, arguments, slow):
    told = subprocess.run(
        [sys.executable, "-c", TELLS, *arguments],
        cwd=course.root,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    imported = set(json.loads(told.splitlines()[-1]))
    assert "argparse" in imported
    assert set(slow.split()) & imported == set()


def test_every_command_has_a_function_that_takes_a_course_and_options():
    for name, (place, help_text, *_) in commands.COMMANDS.items():
        assert callable(commands.function_of(place)), name
        assert help_text


def test_the_platforms_that_return_offers_are_those_that_it_knows():
    parser = commands._parser()
    (commands_of,) = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    (platform,) = [each for each in commands_of.choices["return"]._actions if each.dest == "platform"]
    assert list(platform.choices) == sorted(way_back.PLATFORMS)
