"""Describes what was collected as text: what was put where, what is asked, what has no place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from examiner.collecting.archive import OWN_TIME_STAMP
from examiner.collecting.people import NAMES, NEW, Question
from examiner.collecting.platforms import MOODLE
from examiner.gradebook.roster import Member
from examiner.intake.timestamps import EXAMPLE, FILE


@dataclass
class Collected:
    """How many submissions of which assignment were put in place, and what needs a person."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    source: str = "zip file"  # or folder
    times: str = ""  # where the times of handing in come from
    late: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)
    too_late: list[str] = field(default_factory=list)  # handed in again after the due date
    unread_times: list[str] = field(default_factory=list)
    has_no_worksheet: bool = False
    unlisted: list[str] = field(default_factory=list)  # not on the roster
    departed: list[str] = field(default_factory=list)
    own_times: list[str] = field(default_factory=list)
    namesakes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    not_placed: list[str] = field(default_factory=list)

    def tell_of_roster(self, members: Mapping[str, Member], students: set[str]) -> None:
        """Note whose work came who is not on the roster, if there is one, or has left the course."""
        if any(member.listed for member in members.values()):
            self.unlisted = [name for name in students if not members.get(name, Member(name)).listed]
        self.departed = [name for name in students if members.get(name, Member(name)).departed]

    def __str__(self) -> str:
        """Return a line for each assignment, and what needs a person."""
        lines = []
        for assignment in sorted({name for name, _ in self.counts}):
            numbers = [f"{n} {what}" for (name, what), n in sorted(self.counts.items()) if name == assignment]
            lines.append(f"{assignment}: {', '.join(numbers)}")
        lines += [self.times] if self.counts and self.times else []
        if self.has_no_worksheet and self.counts:
            lines.append(
                "Moodle tells in its grading worksheet when the work was handed in: run this again with "
                "WORKSHEET=file.csv"
            )
        lines += _counted(
            "Marked late by the platform, which does not say by how much: no points are taken off until you "
            f"write {FILE} beside the notebook ({EXAMPLE})",
            self.late,
        )
        lines += _counted("Handed in more than once, the latest version counts", self.earlier)
        lines += _counted(
            "Handed in again after the due date, so the last version that was in time counts; LATEST=yes "
            "takes the last one",
            self.too_late,
        )
        lines += _counted("The worksheet's times of these cannot be read", self.unread_times)
        lines += _counted("Not on the roster", self.unlisted)
        lines += _counted("Marked as having left the course", self.departed)
        lines += _counted(
            f"A {FILE} that a student handed in does not count; kept as {OWN_TIME_STAMP}", self.own_times
        )
        lines += _counted(
            "Another student has the same name, so these have folders of their own", self.namesakes
        )
        lines += _asked(self.questions)
        if self.not_placed:
            lines.append(f"Not placed ({len(self.not_placed)}):")
            lines += [f"  {sentence}" for sentence in sorted(self.not_placed)]
        return "\n".join(lines) or f"the {self.source} holds nothing to collect"


def _counted(title: str, names: list[str]) -> list[str]:
    return [f"{title} ({len(names)}): {', '.join(sorted(names))}"] if names else []


def _asked(questions: list[Question]) -> list[str]:
    if not questions:
        return []
    first, by_moodle = questions[0], any(question.who.platform == MOODLE.name for question in questions)
    return [
        f"Nobody can tell whose work this is, so it stays where it is ({len(questions)}):",
        *(f"  {question}" for question in questions),
        *(["  Moodle gives everybody a new number in each assignment."] if by_moodle else []),
        f'If it is the same person, run the same command with SAME="{first.key}={first.candidates[0]}". '
        f'If it is somebody else, run it with SAME="{first.key}={NEW}". To answer for all at once, use '
        f"SAME={NAMES} if no two people of the class share a name, or SAME={NEW} if all are somebody else.",
    ]
