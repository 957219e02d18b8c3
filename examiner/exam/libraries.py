"""Finds the libraries that a notebook needs, students may use, and this machine lacks.

    a notebook's code ─▶ modules that it imports, names or has imported for it ─▶ those that are not installed

The student guide promises these libraries, so a missing one is the machine's fault. An exam that needs it is
not graded at all. Where one answer needs it, a person is asked.
"""

from __future__ import annotations

import re
from typing import Any

from examiner.errors import GraderAtFault, NotInstalled
from examiner.exam.preimports import needed_by_code
from examiner.notebook import cells
from examiner.notebook.installed import can_import

# As docs/student.md promises, by the names that `import` takes.
OFFERED = ("numpy", "scipy", "pandas", "matplotlib", "sklearn", "torch")
_BY_MAKE = ("torch",)  # what `make` installs only when it is asked for
ANSWER_NEEDS = (
    "This notebook uses {names}. Students may use it, and it is not installed on the grading machine, so "
    "nobody loses a point for that. {install}, then grade again."
)


def missing_libraries(notebook: Any) -> list[str]:
    """Return the offered libraries that a notebook's code may ask for and that are not installed here."""
    absent = [name for name in OFFERED if not can_import(name)]
    code = [cells.as_run(cell) for cell in notebook.cells if absent and cell.cell_type == "code"]
    return [name for name in absent if any(_may_need(source, name) for source in code)]


def _may_need(source: str, name: str) -> bool:
    """Return whether code imports a library, or names it in a way that may become an import."""
    by_name = rf"""["']{name}(?:\.[\w.]+)?["']|\b(?:import|from)\s+{name}\b"""
    return bool(re.search(by_name, source)) or name in {
        module.partition(".")[0] for module in needed_by_code(source)
    }


def check_exam(exam: str, source: Any) -> None:
    """Raise `NotInstalled` where an exam's own notebook needs a library that is not installed here."""
    if missing := missing_libraries(source):
        raise NotInstalled(
            f"{exam} needs {' and '.join(missing)}, which is not installed here. {_install(missing)} first"
        )


def check_answers(notebook: Any) -> None:
    """Raise `GraderAtFault` where a submission needs a library that is not installed here."""
    if missing := missing_libraries(notebook):
        raise GraderAtFault(ANSWER_NEEDS.format(names=" and ".join(missing), install=_install(missing)))


def _install(names: list[str]) -> str:
    if all(name in _BY_MAKE for name in names):
        return f"Run `make {' '.join(names)}`"
    return f"Install {' and '.join(names)}"
