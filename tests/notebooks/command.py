"""What `make mutants` and `make dresses` have in common: which exercises, how many at once, what is written.

options ─▶ the stops of the chosen exercises ─▶ one result each ─▶ JSON files, texts, a table
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from examiner.course.facts import read_course
from examiner.errors import ExaminerError
from tests.notebooks.bank import BadList, RefusedAnswer
from tests.notebooks.rehearsal import N_PROCESSES, ROOT, chosen_stops


@dataclass(frozen=True)
class Command:
    """A command that tries something at each exercise; functions make results and tell of them."""

    name: str
    description: str
    try_stop: Callable[[Any, argparse.Namespace], Any]
    told: Callable[[Any], str]
    entry: Callable[[Any], dict[str, Any]]
    table: Callable[[list[Any]], str]
    is_bad: Callable[[Any], bool]
    shows: bool = False

    def main(self, arguments=None):
        """Run it; return 0 where all is well, 1 where something is to be done, 2 where it could not run.

        An exercise at which it could not run is named, and keeps none of the others from being tried.
        """
        options = self._options(arguments)
        try:
            results, problems = self._results(options)
        except ExaminerError as error:
            results, problems = [], [str(error)]
        if not results and not problems:
            problems = [f"no exercise is called {' or '.join(options.exercise)}"]
        if results:
            print(*filter(None, map(self.told, results)), "", self.table(results), sep="\n")
        for problem in problems:
            print(f"{self.name}: {problem}", file=sys.stderr)
        return 2 if problems else int(any(map(self.is_bad, results)))

    def _options(self, arguments):
        parser = argparse.ArgumentParser(prog=f"python -m tests.{self.name}", description=self.description)
        parser.add_argument("--assignment", default=None, help="this one alone")
        parser.add_argument("--exercise", nargs="*", default=[], help="these exercises alone")
        parser.add_argument("--sample", type=int, default=0, help="so many of each exercise, always the same")
        parser.add_argument(
            "--again",
            type=Path,
            default=None,
            help="those alone that such a folder of an earlier run tells of",
        )
        parser.add_argument("--jobs", type=int, default=N_PROCESSES, help="processes at once")
        parser.add_argument("--json", type=Path, default=None, help="folder for a file of each assignment")
        return parser.parse_args(arguments)

    def _results(self, options):
        """Return the results of the chosen exercises, and why there are none of some."""
        course, results, problems = read_course(ROOT), [], []
        for assignment in course.chosen(options.assignment):
            own = []
            for stop in chosen_stops(course, assignment, options.exercise, shows=self.shows):
                try:
                    own.append(self.try_stop(stop, options))
                except (RefusedAnswer, BadList) as problem:
                    problems.append(str(problem))
            if options.json and own:
                self._write(own, options.json / f"{assignment.name}.json")
            results += own
        return results, problems

    def _write(self, results, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {result.exercise: self.entry(result) for result in results}
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def told_of_before(options, stop, kinds):
    """Return the names that the files of an earlier run tell of in an exercise; None where none was named.

    `kinds` are the lists of an entry, each with the key under which it keeps a name.
    """
    if options.again is None:
        return None
    content = json.loads((options.again / f"{stop.assignment}.json").read_text(encoding="utf-8"))
    found = content.get(stop.exercise, {})
    return {each[key] for kind, key in kinds.items() for each in found.get(kind, ())}
