"""Serves the desk's pages and calls: every one behind the server's login, with its checks against forgery.

Pages load nothing but this server's own script and styles, and run no other: see `POLICY`.
"""

from __future__ import annotations

import asyncio
import getpass
import json
import os
from importlib import resources
from typing import Any

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from examiner.desk.deciding import Conflict
from examiner.desk.requests import CALLS, BadRequest, Fields
from examiner.desk.service import Desk
from examiner.errors import ExaminerError
from examiner.results.templates import templates_of
from examiner.wording import harmless

PREFIX = "desk"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_DESK = "examiner_desk"  # in the server's settings
_FILES = {
    "desk.js": ("examiner.desk", "text/javascript"),
    "desk.css": ("examiner.desk", "text/css"),
    "look.css": ("neurocourse", "text/css"),
}


def routes(base_url: str) -> list[tuple[str, type[JupyterHandler]]]:
    """Return which handler answers at which address."""
    begin = url_path_join(base_url, PREFIX)
    return [
        (rf"{begin}/?", ListHandler),
        (rf"{begin}/([^/]+)/?", ListHandler),
        (rf"{begin}/api/([a-z-]+)", CallHandler),
        (rf"{begin}/static/([a-z.]+)", FileHandler),
        (rf"{begin}/([^/]+)/([^/]+)", QuestionHandler),
    ]


def settings(desk: Desk) -> dict[str, Any]:
    """Return what the handlers find in the server's settings."""
    return {_DESK: desk}


def marker_name(user: Any) -> str:
    """Return who marks: the name of the login, or who started the server where all share a token."""
    name = str(getattr(user, "username", "") or user)
    shared = str(getattr(user, "name", "")).startswith("Anonymous") or not name
    return os.environ.get("JUPYTERHUB_USER") or (getpass.getuser() if shared else name)


class _Page(JupyterHandler):
    """A page for a person who is logged in."""

    @property
    def content_security_policy(self) -> str:
        """What the page may load and run."""
        return POLICY

    @property
    def desk(self) -> Desk:
        """The course's desk."""
        desk: Desk = self.settings[_DESK]
        return desk

    def show(self, template: str, **facts: Any) -> None:
        """Write a page."""
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")
        page = (
            templates_of("examiner.desk")
            .get_template(template)
            .render(
                base=url_path_join(self.base_url, PREFIX),
                xsrf=self.xsrf_token.decode(),  # also sets the cookie that it is compared with
                course=self.desk.course.title,
                marker=marker_name(self.current_user),
                **facts,
            )
        )
        self.finish(harmless(page))

    def refuse(self, error: ExaminerError) -> None:
        """Say on a page why another one cannot be shown."""
        self.set_status(404)
        self.show("desk_refusal.html", message=str(error))


class ListHandler(_Page):
    """The page of all questions, or of those of one assignment."""

    @web.authenticated
    async def get(self, assignment: str = "") -> None:
        """Show which questions have answers that wait."""
        try:
            found = await asyncio.to_thread(self.desk.overview, assignment)
        except ExaminerError as error:
            self.refuse(error)
        else:
            self.show("desk_list.html", assignments=found)


class QuestionHandler(_Page):
    """The page of a question; its script asks for the answers."""

    @web.authenticated
    async def get(self, assignment: str, question: str) -> None:
        """Show the frame of the page, with what is marked by."""
        try:
            told = await asyncio.to_thread(self.desk.guide, assignment, question)
        except ExaminerError as error:
            self.refuse(error)
        else:
            self.show("desk_question.html", assignment=assignment, question=question, **_marked_safe(told))


def _marked_safe(told: dict[str, Any]) -> dict[str, Any]:
    from markupsafe import Markup

    safe = ("model", "scheme")  # from `safe_html`
    return {
        "title": told["title"],
        "worth": told["worth"],
        "asked": Markup(told["question"]),
        **{name: Markup(told[name]) for name in safe},
    }


class FileHandler(_Page):
    """The script and the styles of the pages."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """Send one of them."""
        if name not in _FILES:
            raise web.HTTPError(404)
        package, kind = _FILES[name]
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "private, no-cache")
        self.finish(resources.files(package).joinpath(name).read_text(encoding="utf-8"))


class CallHandler(APIHandler):
    """What a page's script asks for."""

    @web.authenticated
    async def post(self, name: str) -> None:
        """Do it, and answer in JSON; a refusal is a sentence."""
        if name not in CALLS:
            raise web.HTTPError(404)
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        try:
            fields = Fields(_read(self.request.body))
            marker = marker_name(self.current_user)
            told = await asyncio.to_thread(CALLS[name], self.settings[_DESK], fields, marker)
        except BadRequest as error:
            self.set_status(400)
            told = {"message": f"this request cannot be read: {error}"}
        except ExaminerError as error:
            self.set_status(409)
            told = {"message": f"{error}."}
            if isinstance(error, Conflict):
                told["points"] = [state.points for state in error.states]
                told["grades"] = [state.grade for state in error.states]
        self.finish(json.dumps(told))


def _read(body: bytes) -> Any:
    try:
        return json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise BadRequest("expected JSON") from None
