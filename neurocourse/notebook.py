"""Set up a tutorial's notebook: the course's look, calm error messages, a memory of checks.

Three things are part of learning: an exercise that is not filled in, an answer that a check refuses, and a
cell that needs an earlier one. They show one line instead of a traceback. Every other error keeps its
traceback.
"""

from __future__ import annotations

import gc
import html
import typing
from pathlib import Path

from neurocourse import settings
from neurocourse.checks import CheckFailed
from neurocourse.standing import Standing

if typing.TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

__all__ = ["progress", "set_up"]

_STYLE = Path(__file__).with_name("course.mplstyle")


def set_up() -> None:
    """Use the course's figure style and, in a notebook, one-line messages for unfinished exercises."""
    import matplotlib.pyplot as plt
    from IPython import get_ipython

    plt.style.use(_STYLE)
    if settings.is_quick():
        gc.freeze()  # a library as large as torch would be searched for garbage after every few figures
    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc((CheckFailed, NotImplementedError, NameError), _show_one_line)
        standing = _standing_of(shell)
        shell.events.register("post_run_cell", standing.record)
        if standing.checked not in shell.input_transformers_post:
            shell.input_transformers_post.append(standing.checked)


def progress(labels: str) -> None:
    """Show which exercises pass their visible checks in this session; hidden tests do not count here.

    In quick mode, when checks are run elsewhere, nothing is shown.

    Parameters
    ----------
    labels : str
        Labels of the checks, with ``" | "`` between them: see `neurocourse.standing`.
    """
    from IPython import get_ipython
    from IPython.display import display

    shell = get_ipython()
    if shell is not None and not settings.is_quick():
        line = _standing_of(shell).summary(labels.split(" | "))
        display({"text/html": f"<p>{html.escape(line)}</p>", "text/plain": line}, raw=True)


def _standing_of(shell: Any) -> Standing:
    """Return what the session remembers; the shell carries it, so that setting up twice forgets nothing."""
    if not hasattr(shell, "neurocourse_standing"):
        shell.neurocourse_standing = Standing(shell.user_ns)
    standing: Standing = shell.neurocourse_standing
    return standing


def _show_one_line(
    shell: Any,
    error_type: type[BaseException],
    error: Exception,
    traceback: TracebackType,
    tb_offset: int | None = None,
) -> Any:
    if issubclass(error_type, CheckFailed):
        message = f"Not there yet: {error}"
    elif issubclass(error_type, NotImplementedError):
        message = f"This cell needs an exercise that is not filled in yet{_unfinished(traceback)}."
    elif _function_of(traceback) is None and (name := getattr(error, "name", None)):
        message = (
            f"This cell needs `{name}`, which is not defined yet: run the cells above first, "
            "and fill in the exercise that defines it."
        )
    else:
        return shell.showtraceback((error_type, error, traceback), tb_offset=tb_offset)
    shell._showtraceback(error_type, error, [message])
    return [message]


def _unfinished(traceback: TracebackType) -> str:
    function = _function_of(traceback)
    return f": {function}" if function else ""


def _function_of(traceback: TracebackType) -> str | None:
    """Return the name of the function that raised, or None where the cell itself did."""
    while traceback.tb_next:
        traceback = traceback.tb_next
    name = traceback.tb_frame.f_code.co_qualname  # of a class's __init__, the class too
    return None if name.startswith("<") else name  # <module>, or <cell line: 3> in some versions of IPython
