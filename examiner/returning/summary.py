"""Says what was written for a platform, what has changed since the last time, and what needs a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from examiner.collecting.exports import PERCENT, GradeColumn
from examiner.collecting.platforms import BLACKBOARD, CANVAS
from examiner.gradebook.returned import Returned
from examiner.returning.grades import GradeFile
from examiner.returning.standing import Standing
from examiner.wording import counted, number

_NAMED = 20
_SAME = 0.005


@dataclass(frozen=True)
class Summary:
    """What was returned to a platform: `files` are the paths, `grades` the scores as it counts them."""

    platform: str
    assignment: str
    files: tuple[str, ...]
    grades: Mapping[str, float]
    pages: int
    before: Mapping[str, Returned]
    column: GradeColumn
    made: GradeFile
    standing: Standing
    nameless: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the lines that a person reads after a return."""
        if not self.files:
            return f"{self.assignment}: nothing has changed since the last return, so nothing was written"
        lines = [
            f"{self.assignment}, {self.platform}: {counted(len(self.grades), 'grade')} in {self.files[0]}, "
            f"{counted(self.pages, 'page')} in {self.files[1]}",
            *self._unit(),
            *self._changes(),
            *self._left_out(),
        ]
        return "\n".join(lines)

    def _unit(self) -> list[str]:
        most, here = self.column.maximum, self.standing.max_points
        if self.column.unit == PERCENT:
            return [f"{self.platform} wants per cent in “{self.column.title}”: points are written as such"]
        if most and abs(most - here) > _SAME:
            return [
                f"“{self.column.title}” is worth {number(most)} points on {self.platform}, and "
                f"{number(here)} here: scores are written as shares of {number(most)}"
            ]
        return []

    def _changes(self) -> list[str]:
        old = {name: done.score for name, done in self.before.items()}
        changed = [
            f"{name} {number(old[name] or 0)} → {number(score)}"
            for name, score in sorted(self.grades.items())
            if old.get(name) is not None and abs((old[name] or 0) - score) > _SAME
        ]
        new = [name for name in sorted(self.grades) if old.get(name) is None]
        if not self.before:
            return []
        same = len(self.grades) - len(changed) - len(new)
        return [
            f"Since the last return: {len(changed)} changed, {len(new)} new, {same} as before",
            *_counted("Changed", changed),
            *_counted("New", new),
        ]

    def _left_out(self) -> list[str]:
        made, standing = self.made, self.standing
        blackboard = ["Blackboard takes no zip file of feedback: attach the pages, or send them"]
        canvas = ["Canvas shows each page under the name of the file that was handed in"]
        return [
            *(blackboard if self.platform == BLACKBOARD.name and self.pages else []),
            *(canvas if self.platform == CANVAS.name and self.pages else []),
            *_counted("Left empty, a written answer waits for a score", standing.waiting),
            *_counted("Left empty, a person must look at them (make review)", standing.to_mend),
            *_counted("Left empty, not graded yet (make grade)", standing.ungraded),
            *_counted(
                f"Not in the export of {self.platform}, so their grades are in no file: export it again, and "
                "run this with FILE=",
                made.absent,
            ),
            *_counted(f"Left as they are on {self.platform}", made.locked),
            *_counted(
                f"Edited on {self.platform} meanwhile, and left so; REPLACE=yes takes the score from here",
                made.edited,
            ),
            *_counted(f"More than {self.platform} takes, so its maximum is written", made.capped),
            *_counted(
                f"A spreadsheet would take what {self.platform} knows them by for a formula: enter by hand",
                made.by_hand,
            ),
            *_counted(
                f"Their pages are in no file, as nobody knows how {self.platform} names their work: collect "
                "its zip file",
                self.nameless,
            ),
            *_counted("No page could be written (make review)", standing.pageless),
        ]


def _counted(title: str, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return [f"{title} ({len(names)}): {', '.join(list(names)[:_NAMED])}{more}"]
