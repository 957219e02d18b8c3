"""Makes a student's code run: repairs what fails here although its meaning is right, and says so.

    text ─▶ letters ─▶ IPython's commands ─▶ needless statements ─▶ code, and a clause on each thing done

The student's own text stays in the cell, and people read that text. Each step changes only what fails or does
harm while grading, and nothing within strings.
"""

from __future__ import annotations

from examiner.intake.letters import mended_letters
from examiner.intake.magics import without_commands
from examiner.intake.needless import Around, without_statements

_LONGEST = 50_000  # longer cells are not looked at


def mended(source: str, around: Around) -> tuple[str, tuple[str, ...]]:
    """Return a cell's code as it must run, and a clause for each repair."""
    if len(source) > _LONGEST:
        return source, ()
    text, odd = mended_letters(source)
    text, commands = without_commands(text)
    text, statements = without_statements(text, around)
    return text, (*odd, *commands, *statements)
