"""What is told of the dresses of an exercise: a line of the table, what went wrong, an entry of the file."""

from dataclasses import dataclass

from examiner.results.report import table
from tests.dresses.allowed import FILE
from tests.dresses.trial import Fitting

_HEADER = ("exercise", "tried", "accepted", "refused", "cells died")


@dataclass(frozen=True)
class Wear:
    """How the right answers to an exercise fared in their dresses."""

    assignment: str
    exercise: str
    fittings: tuple[Fitting, ...]
    unknown: tuple[str, ...] = ()

    @property
    def refused(self):
        """Those that a test does not accept."""
        return [fitting for fitting in self.fittings if fitting.refused]

    @property
    def died(self):
        """Those that the tests accept, and a cell below does not take."""
        return [fitting for fitting in self.fittings if fitting.died]

    @property
    def row(self):
        """The line of the table."""
        tried, refused = len(self.fittings), len(self.refused)
        cells = {cell.partition(":")[0] for fitting in self.died for cell in fitting.died}
        return (self.exercise, *map(str, (tried, tried - refused, refused, len(cells))))


def wear_table(worn):
    """Return the table of several exercises, with their sum."""
    rows = [wear.row for wear in worn]
    sums = [str(sum(int(row[place]) for row in rows)) for place in range(1, 5)]
    return table([_HEADER, *rows, ("all", *sums)])


def told(wear):
    """Return what a person reads of an exercise in which something went wrong."""
    lines = [f"{wear.exercise}: refused: {f.dressed.name}\n    {f.refused}" for f in wear.refused]
    lines += [
        f"{wear.exercise}: accepted, and then: {fitting.dressed.name}\n    " + "\n    ".join(fitting.died)
        for fitting in wear.died
    ]
    return "\n".join(lines + [f"{wear.exercise}: {FILE} names what is not there: {n}" for n in wear.unknown])


def entry(wear):
    """Return what the JSON file holds of an exercise."""
    return {
        "tried": [fitting.dressed.name for fitting in wear.fittings],
        "refused": [_told_of(fitting) | {"message": fitting.refused} for fitting in wear.refused],
        "died": [_told_of(fitting) | {"cells": list(fitting.died)} for fitting in wear.died],
        "died_within_other_answers": [
            _told_of(f) | {"cells": list(f.elsewhere)} for f in wear.fittings if f.elsewhere
        ],
    }


def _told_of(fitting):
    dressed = fitting.dressed
    return {
        "dressed": dressed.name,
        "answer": dressed.answer,
        "dress": dressed.dress,
        "sources": dressed.sources,
    }
