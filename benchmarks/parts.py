"""Counts what parts of an examination take beyond the student's code and the tests themselves.

While a `Parts` is open, functions of the engine are timed. A part that another one calls counts for itself.
"""

import functools
from collections import Counter

from examiner.exam import examination, notebook_run, tasks
from examiner.inside import protocol
from examiner.sandbox import nursery_client, student_client

_READING = "reading, repair and choice of cells"
_WALLS = "sandboxes start and end"
_FORKS = "forks and snapshots"
_VALUES = "values written and read at the tests' end"
_CELLS = "cells run in a shell"
_CROSSING = "tests call across the wire"
_REST = "the second wall, and everything else"
_TEST = "test "
_SHOWN = 4
_TIMED = [
    (tasks, "read_submission", _READING),
    (tasks, "repair", _READING),
    (examination, "idle_cells", _READING),
    (examination, "_keys", _READING),
    (nursery_client.NurseryClient, "_fork", _WALLS),
    (nursery_client.Sandbox, "end", _WALLS),
    (student_client.StudentClient, "fork", _FORKS),
    (protocol.Writer, "write", _VALUES),
    (protocol.Reader, "read", _VALUES),
]


class Parts:
    """What parts take by a clock, and how often each came, while it is open."""

    def __init__(self, clock):
        self._clock = clock
        self._within = []  # for each part that goes on, its title and what the parts within it took
        self._replaced = []
        self.seconds, self.count, self.crossings = Counter(), Counter(), Counter()

    def __enter__(self):
        for owner, name, title in _TIMED:
            self._time(owner, name, lambda *_, title=title, **__: title)
        self._count_crossings(student_client.StudentClient, "exchange")
        self._time(notebook_run.NotebookRun, "run", lambda _, cell: f"cell {cell.id}")
        self._time(notebook_run.NotebookRun, "attempt", lambda _, name, *__, **___: f"test {name}")
        return self

    def __exit__(self, *_):
        for owner, name, function in reversed(self._replaced):
            setattr(owner, name, function)

    def _time(self, owner, name, title_of):
        self._replace(owner, name, self._timed(getattr(owner, name), title_of))

    def _replace(self, owner, name, function):
        self._replaced.append((owner, name, getattr(owner, name)))
        setattr(owner, name, function)

    def _timed(self, function, title_of):
        @functools.wraps(function)
        def timed(*args, **kwargs):
            title = title_of(*args, **kwargs)
            if self._within and self._within[-1][0] == title:  # it calls itself
                return function(*args, **kwargs)
            self._within.append([title, 0.0])
            begun = self._clock()
            try:
                return function(*args, **kwargs)
            finally:
                self._note(title, self._clock() - begun)

        return timed

    def _note(self, title, seconds):
        """Count a part that has ended for what it took by itself."""
        _, inner = self._within.pop()
        self.seconds[title] += seconds - inner
        self.count[title] += 1
        if self._within:
            self._within[-1][1] += seconds

    def _count_crossings(self, owner, name):
        function = getattr(owner, name)

        @functools.wraps(function)
        def counted(*args, **kwargs):
            self.crossings.update(title for title, _ in self._within if title.startswith(_TEST))
            return function(*args, **kwargs)

        self._replace(owner, name, counted)

    def beyond(self, plain, difference):
        """Return where a difference goes: rows of a title, seconds, and how often it came.

        `plain` says what each cell and each test takes by itself. Tests with much of it have rows of their
        own, which are parts of the row of all tests.
        """
        own = {title: self.seconds[title] - seconds for title, seconds in plain.items()}
        tests = {title: seconds for title, seconds in own.items() if title.startswith(_TEST)}
        titles = dict.fromkeys(title for *_, title in _TIMED)
        rows = [(title, self.seconds[title], self.count[title]) for title in titles]
        rows.append((_CELLS, sum(own.values()) - sum(tests.values()), len(own) - len(tests)))
        rows.append((_CROSSING, sum(tests.values()), sum(self.crossings.values())))
        rest = difference - sum(seconds for _, seconds, _ in rows)
        most = sorted(tests, key=tests.get, reverse=True)[:_SHOWN]
        shown = [(f"  {title}", tests[title], self.crossings[title]) for title in most]
        return [*rows, *shown, (_REST, rest, 0)]
