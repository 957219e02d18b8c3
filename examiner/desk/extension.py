"""The desk as an extension of the Jupyter server: `--ServerApp.jpserver_extensions`, or `make mark`.

It opens the course of the folder in which the server was started, or of `EXAMINER_COURSE`.
"""

from __future__ import annotations

import atexit
import os
import threading
from pathlib import Path
from typing import Any

from examiner.apart import sentence
from examiner.course.facts import read_course
from examiner.desk.handlers import routes, settings
from examiner.desk.service import Desk
from examiner.errors import ExaminerError

COURSE, ASSIGNMENT = "EXAMINER_COURSE", "EXAMINER_ASSIGNMENT"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "examiner.desk.extension"}]


def _load_jupyter_server_extension(app: Any) -> None:
    """Add the desk to a server; where there is no course, say so and let the server go on without it."""
    try:
        desk = Desk(read_course(Path(os.environ.get(COURSE, "."))))
    except ExaminerError as error:
        app.log.warning("The marking desk is not there: %s", error)
        return
    atexit.register(desk.close)
    app.web_app.settings.update(settings(desk))
    app.web_app.add_handlers(".*$", routes(app.web_app.settings["base_url"]))
    threading.Thread(target=_get_ready, args=(app, desk), daemon=True, name="desk").start()


def _get_ready(app: Any, desk: Desk) -> None:
    """Read and compare answers while the browser opens."""
    chosen = os.environ.get(ASSIGNMENT, "")
    names = [chosen] if chosen else [each.name for each in desk.course.assignments]
    for name in names:
        try:
            desk.get_ready(name)
        except Exception as error:  # the page tells it to whoever opens it
            app.log.info("The marking desk: %s: %s", name, sentence(error))
