"""Makes an exam's student version with nbgrader, and its cells known to the gradebook.

nbgrader removes what was released before it converts, and leaves nothing where it fails. So it converts into
a folder that passes away, and the release is replaced as a whole when all has gone well.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from examiner.course.facts import Assignment, Course
from examiner.gradebook.converters import run_converter

_WITHOUT_GRADEBOOK = {"GenerateAssignment": {"no_database": True}, "SaveCells": {"enabled": False}}


@contextmanager
def converted(course: Course, assignment: Assignment, *, in_gradebook: bool) -> Iterator[Path]:
    """Give the folder of an assignment's student version; its cells go into the gradebook if asked."""
    from nbgrader.converters import GenerateAssignment

    with tempfile.TemporaryDirectory(dir=course.root, prefix=".release-") as passing:
        settings = {"CourseDirectory": {"release_directory": Path(passing).name}}
        run_converter(
            GenerateAssignment,
            course,
            assignment,
            settings=settings | ({} if in_gradebook else _WITHOUT_GRADEBOOK),
        )
        yield Path(passing) / assignment.name


def register(course: Course, assignment: Assignment) -> None:
    """Make the cells of an assignment known to the gradebook, as `make release` does."""
    with converted(course, assignment, in_gradebook=True):
        pass
