"""Makes a tutorial's page for the site: the student version, run with no exercise filled in.

    release ─site runs it─▶ executed ─tutorial_page─▶ a notebook that MyST-NB can show as it is
       └─────────────────────────────tutorial_card──▶ its part of the site's first page

Both are pure: `site` reads, runs and writes.
"""

from __future__ import annotations

import copy
import re
from html import escape
from typing import Any

from nbformat.v4 import new_output

from examiner.course.facts import Assignment
from examiner.course.objectives import objectives
from examiner.errors import CourseError
from examiner.wording import without_colours

_DETAILS = re.compile(r"(</summary>)\n(.*?)\n(</details>)", re.DOTALL)
_BOLD_LINE = re.compile(r"^\*\*([^*:]+)\*\*$", re.MULTILINE)
_MINUTES = re.compile(r"about \d+ minutes")
_LINK = re.compile(r"\[(?!download)[^\]]+\]\(https?://[^)]+\)")
_LAUNCH = """

:::{{container}} launch
Open this notebook in {links}, or {{download}}`download it <{path}>`.
:::
"""


def tutorial_page(executed: Any, download: str) -> Any:
    """Return the page of an executed student notebook; `download` is where the page finds the notebook.

    What only a live notebook can show is replaced by what any page can: a figure by an image with its
    alternative text, a widget by its still version, an unfinished exercise by one quiet line. Folded cells
    stay folded, and say nothing. `CourseError` names a cell that ends in any other error.
    """
    page = copy.deepcopy(executed)
    launch, title = _opening(page)
    heading, _, rest = title.partition("\n")
    links = " · ".join(_LINK.findall(launch))
    _cell(page, "title").source = heading + _LAUNCH.format(links=links, path=download) + rest
    for cell in page.cells:
        if cell.cell_type == "markdown":
            cell.source = _DETAILS.sub(r"\1\n\n\2\n\n\3", cell.source)
        elif cell.metadata.get("jupyter", {}).get("source_hidden"):
            cell.metadata["tags"] = ["hide-input"]
            cell.outputs = []
        elif cell.cell_type == "code":
            cell.outputs = [_shown(output, cell.id) for output in cell.outputs if not _is_card(output)]
    return page


def tutorial_card(release: Any, assignment: Assignment, page: str) -> str:
    """Return a section of Markdown: what a tutorial teaches, how long it takes, where to open it."""
    launch, title = _opening(release)
    about = [*_BOLD_LINE.findall(title)[:1], *_MINUTES.findall(title)[:1]]
    taught = "\n".join(f"- {objective}" for objective, _ in objectives(release))
    shown = f"![{assignment.finding}](pictures/{assignment.name}.png)\n\n*{assignment.finding}*\n\n"
    picture = shown if assignment.picture else ""
    return f"### [{assignment.title}]({page})\n\n{picture}{', '.join(about)}\n\n{taught}\n\n{launch}\n"


def _opening(notebook: Any) -> tuple[str, str]:
    """Return the line of launch links, and the title cell from its heading on."""
    before, mark, rest = _cell(notebook, "title").source.partition("# ")
    if not mark or not _LINK.search(before):
        raise CourseError("expected launch links above the heading of the cell 'title': run `make release`")
    return before.split("\n")[0], mark + rest


def _cell(notebook: Any, cell_id: str) -> Any:
    for cell in notebook.cells:
        if cell.id == cell_id:
            return cell
    raise CourseError(f"expected a cell {cell_id!r} in each student notebook, found none: run `make release`")


def _is_card(output: Any) -> bool:
    """Return whether an output says what the error below it says again, in a form for notebooks."""
    return "neurocourse-card" in output.get("data", {}).get("text/html", "")


def _shown(output: Any, cell_id: str) -> Any:
    """Return an output as text or as HTML that needs nothing but itself."""
    if output.output_type == "error":
        return _as_html(f'<p class="unfinished">{escape(_calm_message(output, cell_id))}</p>')
    data = output.get("data", {})
    data.pop("application/vnd.jupyter.widget-view+json", None)
    if "image/png" not in data:
        return output
    about = output.metadata.get("image/png", {})
    if not about.get("alt"):
        raise CourseError(f"cell {cell_id!r} shows a figure without alternative text: use `plots.show`")
    width = f' width="{int(about["width"])}"' if "width" in about else ""
    source = "data:image/png;base64," + "".join(data["image/png"].split())
    return _as_html(f'<img src="{source}" alt="{escape(about["alt"])}"{width}>')


def _calm_message(error: Any, cell_id: str) -> str:
    """Return the one line with which a cell says that it waits for an exercise."""
    message = without_colours("\n".join(error.traceback))
    if "\n" in message:
        raise CourseError(f"cell {cell_id!r} of a student notebook fails: {error.ename}: {error.evalue}")
    return message


def _as_html(text: str) -> Any:
    return new_output("display_data", {"text/html": text})
