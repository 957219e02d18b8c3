"""Run the commands of the examiner, in the top folder of the course."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path
from typing import Any

from examiner.course.facts import read_course
from examiner.errors import ExaminerError
from examiner.wording import ReaderGone, say

Argument = tuple[tuple[str, ...], dict[str, Any]]
_PIPE_CLOSED = 141  # as shells say it
_PLATFORMS = ("blackboard", "brightspace", "canvas", "csv", "moodle")  # as `way_back` names them


def main(arguments: list[str] | None = None) -> int:
    """Run one command; an error of the course is one line and exit status 2."""
    options = _parser().parse_args(arguments)
    try:
        status: int | None = function_of(options.run)(read_course(Path.cwd()), options)
    except ExaminerError as error:
        say(f"examiner: {error}", stream=sys.stderr)
        return 2
    except ReaderGone:  # what is left to write goes nowhere, without a word
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    return status or 0


def function_of(place: str) -> Any:
    """Return the function that a command runs; only its own module is imported, and what that needs."""
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(f"examiner.{module}"), name)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examiner", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (run, help_text, *arguments) in COMMANDS.items():
        command = commands.add_parser(name, help=help_text)
        for names, settings in arguments:
            command.add_argument(*names, **settings)
        command.set_defaults(run=run)
    return parser


def _argument(*names: str, **settings: Any) -> Argument:
    return names, settings


_ASSIGNMENT = _argument("assignment", nargs="?", help="one assignment; all by default")
COMMANDS: dict[str, tuple[Any, ...]] = {
    # name: the module and the function that it runs, what it does in a few words, its arguments
    "release": ("authoring:make_release", "make the student versions from source/", _ASSIGNMENT),
    "publish": (
        "authoring:publish",
        "write the public student repository",
        _argument("--to", metavar="FOLDER", default="", help="by default public/"),
        _argument("--branch", metavar="NAME", help="a local git branch instead of a folder"),
    ),
    "solve": ("authoring:solve", "make the executed solutions", _ASSIGNMENT),
    "figures": ("authoring:draw_figures", "draw the expected figures anew", _ASSIGNMENT),
    "format": (
        "authoring:format_notebooks",
        "put source notebooks into canonical form, renew docs/objectives.md",
        _ASSIGNMENT,
    ),
    "site": ("authoring:build_site", "build the website in docs/_build/html"),
    "roster": (
        "exchanging:keep_roster",
        "read a platform's export of the class, or show who is in it",
        _argument("file", nargs="?", type=Path, help="the export; without it, the roster is shown"),
        _argument("--assignment", help="of a Moodle worksheet whose name does not tell it"),
        _argument("--same", default="", metavar="ANSWERS", help="who somebody is: 81=Ada_Lovelace, 81=new"),
        _argument("--new", action="store_true", help="take an export in which most of the roster is missing"),
        _argument("--left", default="", metavar="STUDENTS", help="who has left the course"),
        _argument("--back", default="", metavar="STUDENTS", help="who is in it again"),
    ),
    "collect": (
        "exchanging:take_in",
        "put a platform's zip file, or a folder, of submissions into submitted/",
        _argument("zip", type=Path),
        _argument("assignment", nargs="?", help="the assignment of files whose names do not tell it"),
        _argument("--replace", action="store_true", help="replace what is there by any other version"),
        _argument("--latest", action="store_true", help="take the last version although it came late"),
        _argument("--worksheet", type=Path, metavar="FILE", help="Moodle's, which tells the times"),
        _argument(
            "--same", default="", metavar="ANSWERS", help="whose work it is: 117=Ada_Lovelace, 117=new"
        ),
    ),
    "grade": (
        "grading:grade",
        "grade what is in submitted/",
        _ASSIGNMENT,
        _argument("--anew", action="store_true", help="also grade what has not changed"),
        _argument("--regrade", metavar="EXERCISE", help="run the tests of this exercise again for all"),
        _argument("--jobs", type=int, default=0, help="submissions at once; by default one per core"),
        _argument("--scheduler", metavar="tcp://…", help="grade on the Dask cluster of this scheduler"),
        _argument("--yes", action="store_true", help="let the gradebook take what the source has changed"),
        _argument("--log", action="store_true", help="write a line of JSON per submission, and no bar"),
        _argument("--no-sandbox", action="store_true", help="only for your own notebooks: no isolation"),
    ),
    "mark": (
        "reading:open_desk",
        "mark written answers by question, in the browser",
        _ASSIGNMENT,
        _argument("--no-browser", action="store_true", help="only print the address"),
    ),
    "feedback": ("reading:write_feedback", "write the feedback pages", _ASSIGNMENT),
    "return": (
        "exchanging:give_back",
        "write grades and pages as a platform takes them, in returned/",
        _argument("assignment"),
        _argument("platform", choices=_PLATFORMS),
        _argument("--file", type=Path, help="a newer export of the platform"),
        _argument("--column", default="", metavar="TITLE", help="the title of the assignment's column there"),
        _argument("--partial", action="store_true", help="although written answers of others wait"),
        _argument("--only-changed", action="store_true", help="only what differs from the last return"),
        _argument("--replace", action="store_true", help="also grades that were given on the platform"),
    ),
    "report": ("reading:tell_report", "print scores and where the class struggles", _ASSIGNMENT),
    "harvest": (
        "harvesting:draft_hints",
        "draft hints for mistakes that no hint knew, in harvest/",
        _ASSIGNMENT,
        _argument("--least", type=int, default=3, help="how many students must have made a mistake; 3"),
        _argument("--jobs", type=int, default=0, help="answers at once; by default one per core"),
    ),
    "review": ("reading:tell_review", "list what needs a person", _ASSIGNMENT),
    "remove": (
        "house:remove",
        "take students who left, or work that is not there, out of gradebook and folders",
        _argument("student", nargs="*", help="who has left"),
        _argument("--orphans", action="store_true", help="graded work that is not in submitted/ any more"),
    ),
    "gradebook": (
        "house:move_gradebook",
        "move the gradebook into another, empty database",
        _argument("to", metavar="postgresql://…", help="its address, as GRADEBOOK_URL takes it"),
    ),
    "explain": (
        "reading:tell_points",
        "explain the points of a submission",
        _argument("student"),
        _argument("assignment"),
    ),
    "doctor": ("doctor:tell_findings", "say whether this machine can grade"),
    "demo": (
        "demo:show_demo",
        "make a small class in demo/, grade it and report",
        _ASSIGNMENT,
        _argument("--students", nargs="+", default=(), help="who hands in; everybody by default"),
    ),
}
