"""What became of a zip file of submissions, as text: what was put where, what is asked, what has no place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from examiner.archive import OWN_TIME_STAMP
from examiner.people import NAMES, NEW, Question
from examiner.platforms import MOODLE
from examiner.timestamps import FILE


@dataclass
class Collected:
    """How many submissions of which assignment were put in place, and what needs a person."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    times: str = ""  # where the times of handing in come from
    late: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)
    own_times: list[str] = field(default_factory=list)
    namesakes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    not_placed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return a line for each assignment, and what needs a person."""
        lines = []
        for assignment in sorted({name for name, _ in self.counts}):
            numbers = [f"{n} {what}" for (name, what), n in sorted(self.counts.items()) if name == assignment]
            lines.append(f"{assignment}: {', '.join(numbers)}")
        lines += [self.times] if self.counts and self.times else []
        lines += _counted("Marked late by the platform", self.late)
        lines += _counted("More than one version is in it, the latest counts", self.earlier)
        lines += _counted(
            f"A {FILE} of a student says nothing, and is kept as {OWN_TIME_STAMP}", self.own_times
        )
        lines += _counted("Another of that name is known, so they have folders of their own", self.namesakes)
        lines += _asked(self.questions)
        if self.not_placed:
            lines.append(f"Not placed ({len(self.not_placed)}):")
            lines += [f"  {sentence}" for sentence in sorted(self.not_placed)]
        return "\n".join(lines) or "nothing in it"


def _counted(title: str, names: list[str]) -> list[str]:
    return [f"{title} ({len(names)}): {', '.join(sorted(names))}"] if names else []


def _asked(questions: list[Question]) -> list[str]:
    if not questions:
        return []
    first, by_moodle = questions[0], any(question.who.platform == MOODLE.name for question in questions)
    return [
        f"Whose work this is cannot be told, and it was not placed ({len(questions)}):",
        *(f"  {question}" for question in questions),
        *(["  Moodle gives everybody another number in each assignment."] if by_moodle else []),
        f'If it is the same person, give the same command with SAME="{first.key}={first.candidates[0]}"; '
        f'if it is another one, with SAME="{first.key}={NEW}". For all at once: SAME={NAMES}, where no two '
        f"people of the class share a name, or SAME={NEW}.",
    ]
