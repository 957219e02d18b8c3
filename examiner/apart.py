"""Runs work on many submissions one after another, so that a failure of one does not stop the others.

    failures = Failures()
    for student in students:
        with failures.apart(student):
            ...  # whatever is raised here ends this block, and no other
    failures.sentences  # for whom, and why

This is for failures that nobody foresaw. Each fault that a student can cause has a state and a sentence of
its own before it comes here.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from examiner.errors import ExaminerError

_LONGEST = 300
_NAMED = 20
_ENGINE = Path(__file__).parent


@dataclass
class Failures:
    """Names for which something failed, each with a sentence that says why."""

    sentences: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def apart(self, name: str) -> Iterator[None]:
        """Run a block for one of many; an error ends only the block, and is kept under the name."""
        try:
            yield
        except Exception as error:
            self.sentences.setdefault(name, sentence(error))

    def __len__(self) -> int:
        """Return for how many something failed."""
        return len(self.sentences)

    @property
    def names(self) -> str:
        """Their names for a line of text, the first of them where there are many."""
        first = list(self.sentences)[:_NAMED]
        more = len(self) - len(first)
        return ", ".join(first) + (f" and {more} more" if more else "")


def kept_by(failures: Failures | None, name: str) -> AbstractContextManager[None]:
    """Return a block for one of many; without a place to keep failures, the first failure ends the work."""
    return nullcontext() if failures is None else failures.apart(name)


def sentence(error: Exception) -> str:
    """Return why something failed, in one sentence; for an unforeseen error, with its place in the code."""
    try:
        said = " ".join(str(error).split())[:_LONGEST]
    except Exception:  # an error that cannot even be told
        said = ""
    if isinstance(error, ExaminerError):
        return said
    kind = f"{type(error).__name__}{': ' if said else ''}{said}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(frame.filename)]
    where = f", in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"the examiner itself failed ({kind}{where})"


def _is_ours(filename: str) -> bool:
    return Path(filename).is_relative_to(_ENGINE) and Path(filename).name != Path(__file__).name
