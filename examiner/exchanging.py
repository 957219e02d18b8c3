"""Runs the commands that talk to a platform's files: the roster, what was handed in, what goes back."""

from __future__ import annotations

import argparse

from examiner.collecting import collect, roster
from examiner.course.facts import Course
from examiner.gradebook.roster import read_members
from examiner.returning import way_back
from examiner.wording import say


def keep_roster(course: Course, options: argparse.Namespace) -> None:
    """Read an export of the class, mark who has left or is back, or show the roster."""
    for names, departed in ((options.left, True), (options.back, False)):
        if names:
            done = roster.mark_departed(course, names.split(), departed=departed)
            say(f"{'Have left' if departed else 'Are back in'} the course ({len(done)}): {', '.join(done)}")
    if options.file:
        assignment = course.assignment(options.assignment) if options.assignment else None
        same = options.same.split()
        say(roster.take_roster(course, options.file, assignment, same=same, is_other_class=options.new))
    elif not (options.left or options.back):
        say(roster.show_roster(read_members(course).values()))


def take_in(course: Course, options: argparse.Namespace) -> None:
    """Put a platform's zip file, or a folder, into `submitted/`."""
    choices = collect.Choices(options.replace, options.latest, tuple(options.same.split()), options.worksheet)
    say(collect.collect(course, options.zip, options.assignment, choices))


def give_back(course: Course, options: argparse.Namespace) -> None:
    """Write grades and pages as a platform takes them."""
    wishes = way_back.Wishes(
        options.file, options.column, options.partial, options.only_changed, options.replace
    )
    say(way_back.give_back(course, course.assignment(options.assignment), options.platform, wishes))
