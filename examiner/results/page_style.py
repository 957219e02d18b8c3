"""Puts together the style sheet of a page: the course's look, the page's own rules, the colours of code.

neurocourse/look.css ─┐
a page's own .css ────┼─▶ what stands in its <style>
Pygments ─────────────┘
"""

from __future__ import annotations

from importlib import resources

from markupsafe import Markup
from pygments.formatters import HtmlFormatter

from neurocourse.look import style_sheet

LIGHT = HtmlFormatter(style="default", nobackground=True)
_DARK = HtmlFormatter(style="github-dark", nobackground=True)


def page_style(own: str, code: str) -> Markup:
    """Return the style sheet of a page.

    `own` is the path of its rules in `examiner.results`, and `code` selects where code stands.
    """
    rules = resources.files("examiner.results").joinpath(own).read_text(encoding="utf-8")
    dark = f"@media (prefers-color-scheme: dark) {{\n{_DARK.get_style_defs(code)}\n}}"
    return Markup("\n").join(map(Markup, (style_sheet(), rules, LIGHT.get_style_defs(code), dark)))
