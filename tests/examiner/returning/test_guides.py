"""The guides to a week on each platform: each command in them is one that there is, and does what it says."""

import re
import shlex
import subprocess

import pytest

from examiner.commands import main
from examiner.course.facts import read_course
from examiner.gradebook.roster import read_members
from tests.examiner.conftest import ROOT
from tests.examiner.returning.conftest import grade
from tests.examiner.returning.platforms import PLATFORMS, class_of_30

GUIDES = {
    "Canvas": "canvas",
    "Moodle, in folders": "moodle",
    "Brightspace": "brightspace",
    "Blackboard": "blackboard",
}


def commands(name):
    """Yield the commands of a guide's blocks of code as arguments of the examiner, which `make` tells."""
    text = (ROOT / "docs" / f"week-{name}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```\n(.*?)```", text, re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    for line in filter(None, lines):
        done = subprocess.run(
            ["make", "-n", "-s", "-o", ".venv/installed", "-o", ".venv/bubblewrap", *shlex.split(line)[1:]],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        (run,) = (said for said in done.stdout.replace("\\\n", " ").splitlines() if "-m examiner" in said)
        yield shlex.split(run.partition("-m examiner ")[2])


@pytest.mark.parametrize("platform", GUIDES)
def test_the_commands_of_a_guide_take_a_class_from_its_archive_to_its_platform(
    platform, course, tmp_path, monkeypatch, capsys
):
    double, (people, _) = PLATFORMS[platform], class_of_30()
    archive = double.archive(people, tmp_path)
    export = tmp_path / double.export_name
    export.write_bytes(double.export(people))
    monkeypatch.chdir(course.root)
    ran = []
    for arguments in commands(GUIDES[platform]):
        files = {"submissions.zip": str(archive), "02_poisson_glm": "01_adding"}
        given = [
            files.get(each, str(export) if each.endswith((".csv", ".xls")) else each) for each in arguments
        ]
        ran.append(given[0])
        if given[0] == "grade":
            found = sorted(path.name for path in (course.root / "submitted").glob("*/"))
            grade(read_course(course.root), course.assignments[0], found)
        else:
            assert main(given) == 0, capsys.readouterr().err
    assert ran[-3:] == ["collect", "grade", "return"]
    assert len(read_members(course)) == 30
    told = capsys.readouterr().out
    assert re.search(r"01_adding, \w+: \d+ grades in returned/01_adding/\w+/grades", told)
