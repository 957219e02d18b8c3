"""Renders the templates of pages: everything that is put in is escaped, unless it is known to be safe."""

from __future__ import annotations

import functools

import jinja2
from markupsafe import Markup

from examiner.wording import breakable, number, with_code
from neurocourse.look import SIGNS, colour


@functools.cache
def templates_of(package: str) -> jinja2.Environment:
    """Return what renders a package's templates; it compiles each once, which takes longer than a page."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(package, "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = number
    environment.filters["breakable"] = lambda name: Markup(breakable(name))
    environment.filters["with_code"] = lambda text: Markup(with_code(text))
    # macros of another file see nothing else
    environment.globals |= {"number": number, "signs": SIGNS, "colour": colour}
    return environment
