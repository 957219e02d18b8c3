"""Guards publishing: students must get nothing that only instructors may see.

    source/, tests/answers/, this package ─▶ secret lines ─┐
    published files ─▶ every text in them, decoded ────────┴─▶ leaks, each with its file and kind

Lines are compared without any white space, so indenting, joining and quoting hide nothing. The search is for
each line of each secret that is long enough to recognise, and for a shorter line together with the lines
beside it. A line does not count if it also stands in the public part of a source notebook, or if anybody
writes it (`_COMMONPLACE`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import examiner
from examiner.course.facts import Course
from examiner.errors import LeakFound
from examiner.notebook import cells
from examiner.publishing.texts import NoText, squeezed, texts_in

_WIDTH = 20  # characters that tell a line from others
_ENGINE_WIDTH = 80  # of the grading engine, about three lines: single ones are as in any program
_SHOWN = 10
_MARK = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)")
_SQUEEZED_MARK = re.compile(r"(BEGIN|END)(SOLUTION|HIDDENTESTS|MARKSCHEME)")
_KINDS = {"SOLUTION": "solution", "HIDDEN TESTS": "hidden test", "MARK SCHEME": "mark scheme"}
_STUBS = "# YOUR CODE HERE\nraise NotImplementedError()\nYOUR ANSWER HERE"
# Lines that anybody writes give nothing away: each by what it is, its pattern, and an example without blanks.
COMMONPLACE = {
    "an import": (r"(import|from)[\w.]+(import.*)?", "fromscipyimportstats"),
    "a decorator": (r"@[\w.]+(\(.*\))?", "@pytest.fixture"),
    "a handler of errors": (r"except[\w.(),]*:", "exceptValueError:"),
    "a block that hushes NumPy or warnings": (
        r"with(np\.errstate|warnings\.catch_warnings)\(.*\):",
        'withnp.errstate(divide="ignore"):',
    ),
    "a filter of warnings": (r"warnings\.simplefilter\(.*\)", 'warnings.simplefilter("ignore")'),
    "the beginning of a call": (r"[\w.=]*\(", "result=np.concatenate("),
    "a loop over a range": (r"for\w+inrange\(\w+\):", "fortinrange(n_bins):"),
    "a generator of random numbers": (
        r"\w*rng=np\.random\.default_rng\(\w+\)",
        "rng=np.random.default_rng(0)",
    ),
}
_COMMONPLACE = re.compile("|".join(f"(?:{pattern})" for pattern, _ in COMMONPLACE.values()))


@dataclass(frozen=True)
class Secret:
    """A line that no student may get, without white space, and where it comes from."""

    line: str
    kind: str
    origin: str


@dataclass(frozen=True)
class Leak:
    """A secret in a published file; its sentence shows only the beginning of the secret."""

    path: str
    secret: Secret

    def __str__(self) -> str:
        """Return where the secret stands, what it is, and where it comes from."""
        return f"{self.path}: {self.secret.kind} of {self.secret.origin} ({self.secret.line[:_SHOWN]}…)"


@dataclass(frozen=True)
class _Block:
    kind: str
    origin: str
    before: str
    text: str


def refuse_leaks(course: Course, files: Mapping[str, bytes]) -> None:
    """Raise `LeakFound`, with every leak on a line of its own, unless the files hold no secret."""
    leaks = find_leaks(files, secrets_of(course))
    if leaks:
        listed = "\n  ".join(map(str, leaks))
        raise LeakFound(f"nothing was published, because students would get this:\n  {listed}")


def find_leaks(files: Mapping[str, bytes], secrets: Iterable[Secret]) -> list[Leak]:
    """Return the secrets in these files: of each file, kind and origin the first."""
    by_beginning: dict[str, list[Secret]] = {}
    for secret in secrets:
        by_beginning.setdefault(secret.line[:_WIDTH], []).append(secret)
    leaks: dict[tuple[str, str, str], Leak] = {}
    for path, content in files.items():
        for secret in _found(content, by_beginning):
            leaks.setdefault((path, secret.kind, secret.origin), Leak(path, secret))
    return list(leaks.values())


def _found(content: bytes, by_beginning: dict[str, list[Secret]]) -> Iterator[Secret]:
    try:
        texts = list(texts_in(content))
    except NoText as reason:
        yield Secret("", f"not searched, {reason}", "unknown content")
        return
    for text in texts:
        for mark in _SQUEEZED_MARK.finditer(text):
            yield Secret(mark[0], "mark", "an instructor's notebook")
        for place in range(len(text) - _WIDTH + 1):
            for secret in by_beginning.get(text[place : place + _WIDTH], ()):
                if text.startswith(secret.line, place):
                    yield secret


def secrets_of(course: Course) -> list[Secret]:
    """Return every line of the course that no student may get."""
    public = squeezed(_STUBS)
    blocks: list[_Block] = []
    for assignment in course.assignments:
        notebook = cells.read_notebook(course.path("source", assignment) / assignment.filename)
        for cell in notebook.cells:
            shown, hidden = _parts(cell.source, f"source/{assignment.name}, cell {cell.id}")
            public += f"\0{squeezed(shown)}"
            blocks += hidden
    blocks += _files_as_blocks(course.root, "answer bank", "tests/answers/**/*.py")
    found = [secret for block in blocks for secret in _lines(block, public, _WIDTH)]
    engine = _files_as_blocks(Path(examiner.__file__).parents[1], "grading engine", "examiner/**/*.py")
    return found + [secret for block in engine for secret in _lines(block, public, _ENGINE_WIDTH)]


def _parts(source: str, origin: str) -> tuple[str, list[_Block]]:
    """Return what students see of a cell, and the blocks between marks."""
    shown: list[str] = []
    before: list[str] = []
    blocks: list[_Block] = []
    for mark, group in itertools.groupby(_by_mark(source), key=lambda pair: pair[0]):
        lines = [line for _, line in group]
        if mark:
            blocks.append(_Block(_KINDS[mark], origin, "\n".join(before), "\n".join(lines)))
        else:
            shown += lines
        before += lines
    return "\n".join(shown), blocks


def _by_mark(source: str) -> Iterator[tuple[str, str]]:
    """Yield each line that is no mark itself, after the innermost mark that it stands under, if any."""
    under = [""]
    for line in source.splitlines():
        mark = _MARK.search(line)
        if not mark:
            yield under[-1], line
        elif mark[1] == "BEGIN":
            under.append(mark[2])
        elif under[-1] == mark[2]:
            under.pop()


def _files_as_blocks(root: Path, kind: str, pattern: str) -> list[_Block]:
    paths = sorted(path for path in root.glob(pattern) if path.name != "__init__.py")
    return [
        _Block(kind, path.relative_to(root).as_posix(), "", path.read_text(encoding="utf-8"))
        for path in paths
    ]


def _lines(block: _Block, public: str, width: int) -> Iterator[Secret]:
    before = [line for line in map(squeezed, block.before.splitlines()) if line]
    lines = [line for line in map(squeezed, block.text.splitlines()) if line]
    for place, line in enumerate(lines):
        if line in public or _COMMONPLACE.fullmatch(line):
            continue
        run = _long_enough(line, lines[place + 1 :], [*before, *lines[:place]], width)
        if len(run) >= width and run not in public:
            yield Secret(run, block.kind, block.origin)


def _long_enough(line: str, after: list[str], before: list[str], width: int) -> str:
    """Return a line, with as many of its neighbours as it takes to be told from others."""
    for neighbour in after:
        if len(line) >= width:
            return line
        line += neighbour
    for neighbour in reversed(before):
        if len(line) >= width:
            return line
        line = neighbour + line
    return line
