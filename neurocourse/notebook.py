"""Set up a tutorial's notebook: the course's look, calm error messages, a memory of checks.

Three things are part of learning: an exercise that is not filled in, an answer that a check refuses, and a
cell that needs an earlier one. They show a card with one sentence instead of a traceback, and so does a
library that is not installed. Every other error keeps its traceback. In quick mode, when
notebooks are graded, cards are plain lines.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import sys
import typing
from pathlib import Path

from neurocourse import cards, settings
from neurocourse.checks import CheckFailed
from neurocourse.forms import Forms
from neurocourse.standing import Saved, Standing, next_step, read_parts

if typing.TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

__all__ = ["LibraryMissing", "progress", "say_passed", "set_up"]

_STYLE = Path(__file__).with_name("course.mplstyle")
# A cell that stops must still end in an error: a run of all cells ends there, and nbgrader counts it. Where
# JupyterLab would show the same sentence twice, it shows the card.
_CARD_ALONE = (
    ".jp-OutputArea-child:has(.neurocourse-card) + "
    '.jp-OutputArea-child:has(> [data-mime-type$="jupyter.stderr"]) { display: none }'
)
_MISSING = (
    "This tutorial needs {name}, which is not installed here. Run `{install}` in a cell of its own, restart "
    "the kernel, and run this cell again."
)
# The build without CUDA, a tenth of the download: where there are graphics cards, there is a torch already.
_INSTALL = {"torch": "%pip install torch --index-url https://download.pytorch.org/whl/cpu"}
_SAID_ABOVE = "Stopped here: see above."
_HAND_IN = (
    "Only visible checks of this session count here; grading runs more. Before you hand in: restart the "
    "kernel, run all cells once, and save. Then hand in this notebook as it is."
)


class LibraryMissing(ImportError):
    """A library that only this tutorial needs is not installed; the message says how to get it."""


def set_up(needs: str = "") -> None:
    """Use the course's figure style and, in a notebook, one-line messages for unfinished exercises.

    Parameters
    ----------
    needs : str
        Name of a library that only this tutorial needs: ``"torch"``.

    Raises
    ------
    LibraryMissing
        If that library is not installed.
    """
    import matplotlib.pyplot as plt
    from IPython import get_ipython

    plt.style.use(_STYLE)
    if settings.is_quick():
        gc.freeze()  # a library as large as torch would be searched for garbage after every few figures
    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc((CheckFailed, NotImplementedError, NameError, LibraryMissing), _show_one_line)
        if not settings.is_quick():
            _watch_forms(shell, usual="tensor" if needs == "torch" else "")
        standing = _standing_of(shell)
        shell.events.register("post_run_cell", standing.record)
        if standing.checked not in shell.input_transformers_post:
            shell.input_transformers_post.append(standing.checked)
    if needs and importlib.util.find_spec(needs) is None:
        install = _INSTALL.get(needs, f"%pip install {needs}")
        raise LibraryMissing(_MISSING.format(name=needs, install=install))


def progress(parts: str) -> None:
    """Show how each exercise of a tutorial stands in this session, and what to do next.

    In quick mode, when checks are run elsewhere, nothing is shown.

    Parameters
    ----------
    parts : str
        What earns points, with ``" | "`` between: see `neurocourse.standing.read_parts`.
    """
    from IPython import get_ipython
    from IPython.display import display

    shell = get_ipython()
    if shell is not None and not settings.is_quick():
        rows = _standing_of(shell).rows(read_parts(parts), _saved_answers(shell))
        table = cards.as_table(
            ["Exercise", "Points", "State"],
            [(row.kind, [f"`{row.name}`", row.points, row.state]) for row in rows],
            [f"Next: {next_step(rows)}", _HAND_IN],
        )
        display(table, raw=True)


def say_passed(line: str) -> None:
    """Show the line with which a cell of checks ends, as a card; in quick mode print it."""
    from IPython import get_ipython
    from IPython.display import display

    if settings.is_quick():
        print(line)
    else:
        forms = _forms_of(get_ipython())
        display(cards.as_card("pass", f"{line} {forms.said_of_pass() if forms else ''}".strip()), raw=True)


def _saved_answers(shell: Any) -> Saved:
    """Return what stands in the answers of this notebook on disk.

    JupyterLab and VS Code tell a kernel where its notebook lies; from elsewhere nothing can be seen.
    """
    path = Path(shell.user_ns.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME") or "")
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        found = [(cell["metadata"].get("nbgrader", {}), "".join(cell["source"])) for cell in cells]
        texts = {facts["grade_id"]: text for facts, text in found if facts.get("solution")}
        return Saved(texts, path.stat().st_mtime)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return Saved({})  # the table is a help, and never a reason for an error


def _standing_of(shell: Any) -> Standing:
    """Return what the session remembers; the shell carries it, so that setting up twice forgets nothing."""
    if not hasattr(shell, "neurocourse_standing"):
        shell.neurocourse_standing = Standing(shell.user_ns)
    standing: Standing = shell.neurocourse_standing
    return standing


def _watch_forms(shell: Any, usual: str) -> None:
    """Say of a result in another form than as an array, where it is checked and where code stops at it."""
    if _forms_of(shell) is None:
        shell.neurocourse_forms = Forms(shell.user_ns, usual)
        shell.events.register("pre_run_cell", shell.neurocourse_forms.begin)
        shell.events.register("post_run_cell", shell.neurocourse_forms.record)
    shell.set_custom_exc((*shell.custom_exceptions, *Forms.STOPS), _show_one_line)


def _forms_of(shell: Any) -> Forms | None:
    return getattr(shell, "neurocourse_forms", None)


def _show_one_line(
    shell: Any,
    error_type: type[BaseException],
    error: Exception,
    traceback: TracebackType,
    tb_offset: int | None = None,
) -> Any:
    forms, state = _forms_of(shell), "to do"
    hint = forms.said_of_stop(error) if forms else ""
    if issubclass(error_type, LibraryMissing):
        message = str(error)
    elif issubclass(error_type, CheckFailed):
        state, message = "not yet", f"Not there yet: {error} {hint}".strip()
    elif issubclass(error_type, NotImplementedError):
        message = f"This cell needs an exercise that is not filled in yet{_unfinished(traceback)}."
    elif _function_of(traceback) is None and (name := getattr(error, "name", None)):
        message = (
            f"This cell needs `{name}`, which is not defined yet: run the cells above first, "
            "and fill in the exercise that defines it."
        )
    else:
        return _show_traceback(shell, (error_type, error, traceback), tb_offset, hint)
    shell._showtraceback(error_type, error, [_shown(shell, state, message)])
    return [message]


def _show_traceback(shell: Any, error: Any, tb_offset: int | None, hint: str) -> None:
    from IPython.display import display

    shell.showtraceback(error, tb_offset=tb_offset)
    if hint:
        display(cards.as_card("not yet", hint), raw=True)


def _shown(shell: Any, state: str, message: str) -> str:
    """Show a message as a card; return what is left to say where the error itself is shown."""
    from IPython.display import display

    if settings.is_quick():
        return message
    display(cards.as_card(state, message, style=_CARD_ALONE), raw=True)
    shows_both = "google.colab" in sys.modules or "__vsc_ipynb_file__" in shell.user_ns
    return _SAID_ABOVE if shows_both else message


def _unfinished(traceback: TracebackType) -> str:
    function = _function_of(traceback)
    return f": {function}" if function else ""


def _function_of(traceback: TracebackType) -> str | None:
    """Return the name of the function that raised, or None where the cell itself did."""
    while traceback.tb_next:
        traceback = traceback.tb_next
    name = traceback.tb_frame.f_code.co_qualname  # of a class's __init__, the class too
    return None if name.startswith("<") else name  # <module>, or <cell line: 3> in some versions of IPython
