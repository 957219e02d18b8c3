"""Runs nbgrader's converters with the course's settings, and says why they fail."""

from __future__ import annotations

import contextlib
import io
import locale
import logging
import os
import re
import sys
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SAWarning

from examiner.course.facts import Assignment, Course
from examiner.errors import CourseError, ExaminerError

if TYPE_CHECKING:  # nbgrader, which takes a second to import, is imported where it is used
    from traitlets.config import Config

_ERROR_LINE = re.compile(r"^[\w.]*(?:Error|Exception)\b.*", re.MULTILINE)


class ConversionFailed(ExaminerError):
    """nbgrader could not process a notebook; the message holds what it logged."""


def load_config(course: Course) -> Config:
    """Return the settings of `nbgrader_config.py`; `CourseError` says what is wrong with them."""
    from traitlets.config.loader import PyFileConfigLoader

    try:
        return PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    except SystemExit as refusal:
        raise CourseError(str(refusal)) from None


def run_converter(
    converter: type[Any],
    course: Course,
    assignment: Assignment,
    student: str = ".",
    *,
    settings: Mapping[str, Any] | None = None,
) -> None:
    """Run one of nbgrader's converters on an assignment, anew even where its output exists.

    `settings` go before those of `nbgrader_config.py`.
    """
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    config = load_config(course)
    config.merge(Config(settings or {}))
    directory = CourseDirectory(config=config, assignment_id=assignment.name, student_id=student)
    app = converter(coursedir=directory, config=config, force=True)
    with _captured_log() as log, nbgrader_at_ease():
        try:
            app.start()
        except NbGraderException as error:
            raise ConversionFailed(_what_went_wrong(log.getvalue()) or str(error)) from None


@contextlib.contextmanager
def nbgrader_at_ease() -> Iterator[None]:
    """Let nbgrader find this environment's commands, activated or not, and keep its sessions' warnings quiet.

    It calls `alembic` by name, which reads the folder's name in the letters of the locale, and its way with
    SQLAlchemy's sessions draws warnings that nobody can act on.
    """
    from examiner.sandbox.nursery_client import environment

    settings = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    if locale.getencoding().lower() != "utf-8":
        settings["LC_ALL"] = "C.UTF-8"
    with environment(**settings), warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        yield


@contextlib.contextmanager
def _captured_log() -> Iterator[io.StringIO]:
    from traitlets.log import get_logger

    logger = get_logger()
    assert isinstance(logger, logging.Logger)
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handlers, propagate = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield log
    finally:
        logger.handlers, logger.propagate = handlers, propagate


def _what_went_wrong(log: str) -> str:
    """Return the line of a log that names the cause: the last error of its tracebacks."""
    errors = _ERROR_LINE.findall(log)
    return errors[-1] if errors else log.strip().rpartition("\n")[2]
