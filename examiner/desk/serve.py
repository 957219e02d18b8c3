"""Starts JupyterLab's server with the desk in it, and opens the desk in the browser."""

from __future__ import annotations

import os
import sys
from urllib.parse import quote

from examiner.course.facts import Assignment, Course
from examiner.desk.extension import ASSIGNMENT, COURSE

EXTENSION = '--ServerApp.jpserver_extensions={"examiner.desk.extension": True}'


def command(
    course: Course, assignment: Assignment | None, more: list[str]
) -> tuple[list[str], dict[str, str]]:
    """Return the command that starts the server, and its environment."""
    page = f"/{quote(assignment.name)}" if assignment else ""
    arguments = [
        sys.executable, "-m", "jupyterlab", EXTENSION, f"--LabApp.default_url=/desk{page}",
        f"--ServerApp.root_dir={course.root}", *more,
    ]  # fmt: skip
    if os.geteuid() == 0:
        arguments.append("--allow-root")
    told = {COURSE: str(course.root), ASSIGNMENT: assignment.name if assignment else ""}
    return arguments, {**os.environ, **told}


def serve(course: Course, assignment: Assignment | None, more: list[str]) -> None:
    """Become the server; it ends with Ctrl-C."""
    arguments, environment = command(course, assignment, more)
    os.execve(sys.executable, arguments, environment)
