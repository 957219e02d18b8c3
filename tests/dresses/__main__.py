"""Tries right answers in every dress. The exit status is 1 where one is refused or breaks a cell below."""

import hashlib
import sys
import warnings

from tqdm import tqdm

from tests.dresses.allowed import read_exclusions
from tests.dresses.report import Wear, entry, told, wear_table
from tests.dresses.trial import fittings
from tests.dresses.wardrobe import UNDRESSED, dressed_answers, dresses_for
from tests.notebooks.bank import right_answers
from tests.notebooks.command import Command, told_of_before


def wear_of(stop, options):
    """Try the dressed answers to an exercise, or a sample of them."""
    exclusions = read_exclusions(stop.assignment, stop.exercise)
    tried = dressed_answers(stop, exclusions)
    if options.sample:
        tried = sorted(tried, key=_by_chance)[: options.sample]
    bad = told_of_before(options, stop, {"refused": "dressed", "died": "dressed"})
    if bad is not None:
        tried = [dressed for dressed in tried if dressed.name in bad]
    running = fittings(stop, tried, options.jobs)
    found = tuple(tqdm(running, total=len(tried), desc=stop.exercise, unit="dress", mininterval=2))
    dresses = {UNDRESSED, *(dress.name for dress in dresses_for(stop.source, stop.place))}
    answers = {answer.name for answer in right_answers(stop.assignment, stop.solution)}
    return Wear(stop.assignment, stop.exercise, found, tuple(exclusions.unknown(dresses, answers)))


def _by_chance(dressed):
    """Return what puts dressed answers in an order that is the same each time."""
    return hashlib.sha256(dressed.name.encode()).hexdigest()


COMMAND = Command(
    name="dresses",
    description=__doc__,
    try_stop=wear_of,
    told=told,
    entry=entry,
    table=wear_table,
    is_bad=lambda wear: bool(wear.refused or wear.died),
    shows=True,
)

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.exit(COMMAND.main())
