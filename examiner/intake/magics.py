"""Leaves out IPython's commands that fail while grading, or harm the cells around them.

It leaves out only commands that decide nothing, such as how figures look or how long a cell takes. `%reset
-f` would remove what earlier cells defined from all later cells, and grading starts afresh in any case. The
number of lines stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from examiner.notebook.installed import can_import
from examiner.notebook.lexical import lines
from examiner.notebook.syntax import CELL_COMMAND, PYTHON_CELLS, parsed

# Commands that measure a cell and keep nothing of it; IPython itself brings `timeit` and `debug`.
_MEASURING = ("timeit", "debug", "memit", "mprun", "lprun", "scalene", "snakeviz", "heat")
_TIMEIT_OPTIONS = re.compile(r"(?:\s*-(?:[nrpv]\s*\d+|[tcqov]+))*\s*")
# Backends that draw where there is no screen and no extension of JupyterLab.
_DRAWING = ("inline", "agg", "notebook", "nbagg", "svg", "pdf", "ps", "template", "")
# How a notebook looks or is edited: commands of extensions for which a grader has no use.
_DISPLAYING = (
    "tensorflow_version", "tensorboard", "lprun", "mprun", "memit", "snakeviz", "heat", "wandb", "watermark",
    "unload_ext", "nb_black", "lab_black", "autotime",
)  # fmt: skip
_LOADING, _RESETTING = ("load_ext", "reload_ext"), ("reset", "reset_selective")
# There is no network: each of these would only use up the cell's time.
_INSTALLING = ("pip", "pip3", "conda", "mamba", "apt", "apt-get")
_COMMAND = re.compile(r"([^\S\n]*)([%!])[^\S\n]*([\w-]+)[^\S\n]*([^\n]*)\n?")
_MAY_HOLD = re.compile(r"^[^\S\n]*[%!]", re.MULTILINE)


def without_commands(source: str) -> tuple[str, tuple[str, ...]]:
    """Return a cell without the commands that fail or do harm here, and a clause for each of them."""
    whole = CELL_COMMAND.match(source.lstrip())
    if not _MAY_HOLD.search(source) or (whole and whole[1] not in PYTHON_CELLS):
        return source, ()
    said: list[str] = []
    text = "".join(_kept_lines(source, said))
    return _without_measuring(text, said), tuple(dict.fromkeys(said))


def _without_measuring(text: str, said: list[str]) -> str:
    stripped = text.lstrip()
    found = CELL_COMMAND.match(stripped)
    if not found or found[1] not in _MEASURING:
        return text
    head, end, body = stripped.partition("\n")
    setup = _TIMEIT_OPTIONS.sub("", head[found.end() :], count=1).strip() if found[1] == "timeit" else ""
    said.append(f"`%%{found[1]}` was left out, because it would throw away what its cell defines")
    before = text[: len(text) - len(stripped)]
    whole = before + setup + end + body
    return whole if parsed(whole) is not None else before + end + body


def _kept_lines(source: str, said: list[str]) -> Iterator[str]:
    goes_on = False
    for line, begins in lines(source):
        found = _COMMAND.fullmatch(line) if begins else None
        why = _why_left_out(found[2], found[3], found[4].strip()) if found else ""
        goes_on = bool(why) if begins else goes_on  # behind a backslash
        if found and why:
            shown = f"{found[2]}{found[3]} {found[4].strip()[:40]}".strip()
            said.append(f"`{shown}` was left out, because {why}")
            yield (f"{found[1]}pass" if found[1] else "") + "\n" * line.endswith("\n")
        else:
            yield "\n" * line.endswith("\n") if goes_on else line


def _why_left_out(sign: str, name: str, arguments: str) -> str:
    first = (arguments.split() or [""])[0]
    if name in _INSTALLING or (name in ("python", "python3") and arguments.startswith("-m pip")):
        return "nothing can be installed while grading"
    if sign != "%":
        return ""
    if name in _RESETTING:
        return "it removes what other cells defined"
    if name == "matplotlib":
        return "" if first in _DRAWING or first.startswith("-") else "there is no screen while grading"
    loads = can_import(first) or can_import(f"IPython.extensions.{first}")
    if name in _DISPLAYING or (name in _LOADING and not loads):
        return "it is not installed where this is graded"
    return ""
