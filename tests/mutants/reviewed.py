"""The reviewed list of an exercise: which mutants may survive, and why.

It stands beside the answers, in tests/answers/<assignment>/<exercise>/survivors.toml, grouped by reason:

    [[survivors]]
    reason = "Where z is 0, both branches give one half."
    mutants = [
        "solution 2 comparison: np.asarray(z) >= 0 -> np.asarray(z) > 0",
    ]
"""

from dataclasses import dataclass

from tests.mutants.trial import TIMED_OUT
from tests.notebooks.bank import BadList, read_groups

FILE = "survivors.toml"


@dataclass(frozen=True)
class Review:
    """What is known of an exercise's survivors: the reason by the mutant's name."""

    reasons: dict[str, str]

    def stale(self, made, fates):
        """Return the listed names that no mutant has any more, and those whose mutants no longer survive.

        One that ran out of time may have been slow today.
        """
        known = {mutant.name for mutant in made}
        dead = {fate.mutant.name for fate in fates if not fate.survived and fate.state != TIMED_OUT}
        return tuple(name for name in self.reasons if name not in known or name in dead)


def read_review(assignment, exercise):
    """Return the reviewed list of an exercise, empty where there is none; `BadList` says what is wrong."""
    reasons = {}
    for group in read_groups(assignment, exercise, FILE, "survivors", "mutants"):
        if doubled := [name for name in group["mutants"] if name in reasons]:
            raise BadList(f"{assignment}/{exercise}/{FILE}: listed twice: {doubled[0]}")
        reasons |= dict.fromkeys(group["mutants"], group["reason"])
    return Review(reasons)
