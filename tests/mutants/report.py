"""What is told of the mutants of an exercise: a line of the table, the survivors, an entry of the file."""

import json
from dataclasses import dataclass

from examiner.results.report import table
from tests.mutants.reviewed import FILE, Review
from tests.mutants.trial import ALIKE, TIMED_OUT, Fate

_SHOWN = 200
_HEADER = ("exercise", "made", "killed", "by time", "alike", "reviewed", "surviving", "score")


@dataclass(frozen=True)
class Score:
    """How the tests of an exercise did."""

    assignment: str
    exercise: str
    fates: tuple[Fate, ...]
    review: Review
    stale: tuple[str, ...] = ()

    @property
    def survivors(self):
        """The mutants that live and are not on the reviewed list."""
        return [fate for fate in self.fates if fate.survived and fate.mutant.name not in self.review.reasons]

    @property
    def reviewed(self):
        """The mutants that live, and may."""
        return [fate for fate in self.fates if fate.survived and fate.mutant.name in self.review.reasons]

    @property
    def alike(self):
        """The mutants that passed, and do what right answers do wherever they were compared."""
        return [fate for fate in self.fates if fate.state == ALIKE]

    @property
    def killed(self):
        """The mutants that a test refused."""
        return [fate for fate in self.fates if not fate.survived and fate.state != ALIKE]

    @property
    def row(self):
        """The line of the table."""
        to_kill = len(self.killed) + len(self.survivors)
        by_time = [fate for fate in self.killed if fate.state == TIMED_OUT]
        counts = (self.fates, self.killed, by_time, self.alike, self.reviewed, self.survivors)
        share = f"{100 * len(self.killed) / to_kill:.1f} %" if to_kill else ""
        return (self.exercise, *(str(len(count)) for count in counts), share)


def scores_table(scores):
    """Return the table of several exercises, with their sum."""
    rows = [score.row for score in scores]
    sums = [str(sum(int(row[place]) for row in rows)) for place in range(1, 7)]
    killed, surviving = int(sums[1]), int(sums[5])
    share = f"{100 * killed / max(1, killed + surviving):.1f} %"
    return table([_HEADER, *rows, ("all", *sums, share)])


def told(score):
    """Return what a person reads of an exercise that has survivors, or entries that no longer hold."""
    lines = []
    for fate in score.survivors:
        lines.append(f"{score.exercise}: survives: {fate.mutant.name}")
        lines += [
            f"    {line}"
            for line in (*fate.mutant.diff.splitlines()[2:], f"differs: {fate.message[:_SHOWN]}")
        ]
    for name in score.stale:
        lines.append(f"{score.exercise}: no longer survives, take it off {FILE}: {name}")
    return "\n".join(lines)


def entry(score):
    """Return what the JSON file holds of an exercise."""
    counts = dict(zip(_HEADER[1:7], map(int, score.row[1:7]), strict=True))
    return counts | {
        "survivors": [_told_of(fate) for fate in score.survivors],
        "reviewed_survivors": [
            _told_of(fate) | {"reason": score.review.reasons[fate.mutant.name]} for fate in score.reviewed
        ],
        "stale": list(score.stale),
        "alike_ones": [{"mutant": fate.mutant.name, "diff": fate.mutant.diff} for fate in score.alike],
        "killed_ones": [
            {"mutant": fate.mutant.name, "test": fate.test, "state": fate.state, "message": fate.message}
            for fate in score.killed
        ],
    }


def _told_of(fate):
    return {
        "mutant": fate.mutant.name,
        "answer": fate.mutant.answer,
        "differs": fate.message,
        "diff": fate.mutant.diff,
        "line_for_the_list": json.dumps(fate.mutant.name, ensure_ascii=False) + ",",
    }
