"""The commands of an author, behind `make exercise` and `make check`."""

import argparse
import sys
import time
from importlib import import_module

from examiner.course.facts import read_course
from examiner.errors import ExaminerError
from examiner.wording import say
from tests.exercises.bank import counted, what_banks_lack
from tests.notebooks.rehearsal import ROOT

_NEXT = (
    "Next, replace each FILL IN, name the exercise beside an objective in the title cell, and give its test\n"
    "points. Then run  make format release  and  make check EXERCISE={name}"
)


def main(arguments=None):
    """Run one command; return 0 where all is well, 1 where something is missing, 2 where it could not run."""
    options = _options(arguments)
    try:
        return options.run(read_course(ROOT), options)
    except ExaminerError as error:
        say(f"exercises: {error}", stream=sys.stderr)
        return 2


def _options(arguments):
    parser = argparse.ArgumentParser(prog="python -m tests.exercises", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    new = commands.add_parser("new", help="begin an exercise: its cells and its answer bank")
    new.add_argument("name")
    new.add_argument("assignment")
    new.add_argument("--before", default="", metavar="CELL", help="id of the cell that follows; the summary")
    new.set_defaults(run=_new)
    check = commands.add_parser("check", help="say what one exercise lacks")
    check.add_argument("exercise")
    check.set_defaults(run=_check)
    banks = commands.add_parser("banks", help="say which answers are missing, or do not say what they are")
    banks.set_defaults(run=_banks)
    return parser.parse_args(arguments)


def _new(course, options):
    begin_exercise = import_module("tests.exercises.new").begin_exercise
    assignment = course.assignment(options.assignment)
    for path in begin_exercise(course, assignment, options.name, options.before):
        say(path.relative_to(course.root))
    say(_NEXT.format(name=options.name))
    return 0


def _check(course, options):
    check = import_module("tests.exercises.check")
    begun = time.monotonic()
    exercise = check.find_exercise(course, options.exercise)
    missing = check.what_is_missing(exercise)
    where = f"{exercise.assignment.name}, {exercise.name}"
    count = f"{counted(len(missing), 'thing')} {'is' if len(missing) == 1 else 'are'}"
    said = f"{count} missing or wrong:" if missing else "nothing is missing."
    say(f"{where}: {said} ({time.monotonic() - begun:.0f} s)")
    say("".join(f"  - {sentence}\n" for sentence in missing), end="")
    return 1 if missing else 0


def _banks(course, _):
    missing = list(what_banks_lack(course))
    say("".join(f"{sentence}\n" for sentence in missing), end="")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
