"""The reviewed list of an exercise: which mutants may survive, and why.

It stands beside the answers, in tests/answers/<assignment>/<exercise>/survivors.toml, grouped by reason:

    [[survivors]]
    reason = "Where z is 0, both branches give one half."
    mutants = [
        "solution 2 comparison: np.asarray(z) >= 0 -> np.asarray(z) > 0",
    ]
"""

import tomllib
from dataclasses import dataclass

from tests.notebooks.rehearsal import BANK

FILE = "survivors.toml"
_LEAST = 20  # letters of a reason that says something


class BadList(Exception):
    """A reviewed list does not have the form that it should have; the message says where and what to do."""


@dataclass(frozen=True)
class Review:
    """What is known of an exercise's survivors: the reason by the mutant's name."""

    reasons: dict[str, str]

    def stale(self, made, fates):
        """Return the listed names that no mutant has any more, and those whose mutants no longer survive.

        One that ran out of time may have been slow today.
        """
        known = {mutant.name for mutant in made}
        dead = {fate.mutant.name for fate in fates if not fate.survived and fate.state != "timed_out"}
        return tuple(name for name in self.reasons if name not in known or name in dead)


def read_review(assignment, exercise):
    """Return the reviewed list of an exercise, empty where there is none; `BadList` says what is wrong."""
    path = BANK / assignment / exercise / FILE
    if not path.exists():
        return Review({})
    where = f"{assignment}/{exercise}/{FILE}"
    try:
        return _checked(tomllib.loads(path.read_text(encoding="utf-8")), where)
    except tomllib.TOMLDecodeError as error:
        raise BadList(f"{where} is not valid TOML: {error}") from None


def _checked(content, where):
    reasons = {}
    for group in content.pop("survivors", []):
        reason, names = group.get("reason", ""), group.get("mutants", [])
        if len(reason) < _LEAST or not names:
            raise BadList(f"{where}: each group needs a reason, in a sentence, and mutants; got {group}")
        if doubled := [name for name in names if name in reasons]:
            raise BadList(f"{where}: listed twice: {doubled[0]}")
        reasons |= dict.fromkeys(names, reason)
    if content:
        raise BadList(f"{where} should hold [[survivors]] alone, got {', '.join(content)}")
    return Review(reasons)
