"""A form in which students say how a section went: sent to the course's address, or kept beside the notebook.

An answer holds no name. If the course has an address (a project of Datatops, the service that vibecheck
uses), the form sends the answer there, as vibecheck does. If the course has none, or the form cannot reach
it, the form keeps the answer in a file that is handed in with the notebook.
"""

from __future__ import annotations

import html
import json
import typing
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from neurocourse.widgets.frame import show_with_still

if typing.TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

__all__ = ["ask_feedback"]

_FILE = "section_feedback.json"
_ANSWERS = {"It went well": "happy", "So so": "medium", "I got lost": "sad"}
_LONGEST = 1000  # characters of a comment
_PATIENCE = 5  # seconds
_WHOLE = "The tutorial as a whole"
_KEPT = (
    f"<b>Submit</b> keeps your answer, without your name, in the file <code>{_FILE}</code> in this folder. "
    "Hand it in with your notebook if you want the people who give this course to read it. You can open the "
    "file, and delete it if you change your mind."
)
_SENT = (
    "<b>Submit</b> sends your answer, without your name, to the people who give this course ({host}). "
    "Nothing is sent before you press it."
)
_CARE = "Please write nothing about yourself or about other people."


def ask_feedback(tutorial: str, sections: str, *, endpoint: str = "", user_key: str = "") -> None:
    """Show a form that asks how each section of a tutorial went; where widgets cannot run, a line of text.

    Parameters
    ----------
    tutorial : str
        Name of the assignment.
    sections : str
        Titles of its sections, with ``" | "`` between them.
    endpoint : str, optional
        Where to send answers: the web address of a Datatops project. If empty, they are kept in a file.
    user_key : str, optional
        Which that project asks for.
    """
    place = urlsplit(endpoint).hostname if endpoint else f"the file {_FILE}"
    line = f"Submit your feedback: a form appears here when this notebook runs. Answers go to {place}."
    address = (endpoint, user_key)
    show_with_still(
        lambda ipywidgets: _form(ipywidgets, tutorial, sections.split(" | "), address),
        {"text/html": f"<p>{html.escape(line)}</p>", "text/plain": line},
        {},
    )


def _form(ipywidgets: ModuleType, tutorial: str, sections: list[str], address: tuple[str, str]) -> Any:
    full = {"width": "97%", "max_width": "36em"}
    section = ipywidgets.Dropdown(options=[_WHOLE, *sections], description="Section", layout=full)
    answer = ipywidgets.ToggleButtons(options=list(_ANSWERS), value=None, description="How was it?")
    comment = ipywidgets.Textarea(
        description="Comment", placeholder="If you like: what helped, what did not?", layout=full
    )
    submit, said = ipywidgets.Button(description="Submit"), ipywidgets.HTML()
    consent = _SENT.format(host=html.escape(urlsplit(address[0]).hostname or "")) if address[0] else _KEPT

    def on_submit(_: object) -> None:
        if answer.value is None:
            said.value = "Choose one of the three answers first."
            return
        submit.disabled = True
        record = _record(f"{tutorial}: {section.value}", answer.value, comment.value)
        said.value = html.escape(f"{section.value}: {_hand_over(record, address)}")
        answer.value, comment.value, submit.disabled = None, "", False

    submit.on_click(on_submit)
    return ipywidgets.VBox(
        [section, answer, comment, ipywidgets.HTML(f"<p>{consent} {_CARE}</p>"), submit, said]
    )


def _record(section_id: str, answer: str, comment: str) -> dict[str, str]:
    """Return an answer in the fields that vibecheck uses."""
    return {"section_id": section_id, "button_name": _ANSWERS[answer], "feedback": comment.strip()[:_LONGEST]}


def _hand_over(record: dict[str, str], address: tuple[str, str]) -> str:
    """Send a record, or keep it where there is no address or no way to it; return what was done."""
    if address[0]:
        try:
            _send(record, *address)
            return "sent. Thank you!"
        except (OSError, ValueError) as error:
            reason = f"It could not be sent ({error}). "
    else:
        reason = ""
    return f"{reason}Kept in {_keep(record, Path(_FILE))}. Thank you!"


def _send(record: dict[str, str], endpoint: str, user_key: str) -> None:
    """Send a record as Datatops takes it; `OSError` or `ValueError` says why it did not arrive."""
    if urlsplit(endpoint).scheme not in ("http", "https"):
        raise ValueError(f"{endpoint!r} is no web address")
    timed = {**record, "timestamp_utc": datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")}
    request = urllib.request.Request(
        endpoint,
        data=json.dumps(timed).encode(),
        headers={"Content-Type": "application/json", "X-User-Key": user_key},
    )
    with urllib.request.urlopen(request, timeout=_PATIENCE) as response:
        response.read()


def _keep(record: dict[str, str], path: Path) -> Path:
    """Write a record to the file, in place of an earlier one on the same section; return the file's path."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = []
    earlier = [old for old in found if isinstance(old, dict)] if isinstance(found, list) else []
    others = [old for old in earlier if old.get("section_id") != record["section_id"]]
    path.write_text(json.dumps([*others, record], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path.resolve()
