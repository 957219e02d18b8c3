"""Which dresses an exercise does not allow although its docstring would, each with the reason.

They stand beside the answers, in tests/answers/<assignment>/<exercise>/dresses.toml:

    [[excluded]]
    dresses = ["generator of results"]
    answers = ["loop"]  # where it is about these alone
    reason = "Given cells take one of the results by its place."

An answer without a dress is called "as it is". Its own test must accept it even if that is listed. Then the
cells below it are not looked at.
"""

from dataclasses import dataclass

from tests.notebooks.bank import read_groups

FILE = "dresses.toml"


@dataclass(frozen=True)
class Exclusions:
    """What an exercise does not allow: names of dresses, of answers (all, if none), and reasons."""

    entries: tuple[tuple[frozenset[str], frozenset[str], str], ...] = ()

    def exclude(self, dress, answer):
        """Return whether this dress is not for this answer."""
        return any(
            dress in names and (not answers or answer in answers) for names, answers, _ in self.entries
        )

    def unknown(self, dresses, answers):
        """Return the names in the list that no dress, or no answer, has."""
        listed = {name for names, _, _ in self.entries for name in names} - set(dresses)
        return sorted(listed | {name for _, names, _ in self.entries for name in names} - set(answers))


def read_exclusions(assignment, exercise):
    """Return the exclusions of an exercise; `BadList` says what is wrong in its file."""
    groups = read_groups(assignment, exercise, FILE, "excluded", "dresses")
    return Exclusions(
        tuple((frozenset(g["dresses"]), frozenset(g.get("answers", [])), g["reason"]) for g in groups)
    )
