"""A student's code as it runs: what fails here for no fault of its meaning is put right, and said.

    text ─▶ letters ─▶ IPython's commands ─▶ needless statements ─▶ code, and a clause on each thing done

The student's own text stays in the cell, and is what people read. Each step changes only what fails or harms
where this is graded, and nothing within strings.
"""

from __future__ import annotations

from examiner.letters import mended_letters
from examiner.magics import without_commands
from examiner.needless import Around, without_statements

_LONGEST = 50_000  # longer cells are not looked at


def mended(source: str, around: Around) -> tuple[str, tuple[str, ...]]:
    """Return a cell's code as it is to run, and a clause on each thing that was put right."""
    if len(source) > _LONGEST:
        return source, ()
    text, odd = mended_letters(source)
    text, commands = without_commands(text)
    text, statements = without_statements(text, around)
    return text, (*odd, *commands, *statements)
