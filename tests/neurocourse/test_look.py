"""One look: a colour is written in look.css and nowhere else, and its pairs are readable, light and dark."""

import re
from pathlib import Path

import pytest
from matplotlib.colors import CSS4_COLORS, to_rgb

from neurocourse.look import SIGNS, colour, style_sheet

ROOT = Path(__file__).parents[2]
LOOK = Path("neurocourse/look.css")
FOLDERS = ("docs/_static", "examiner", "neurocourse")
OF_PAGES = {".css", ".html", ".j2", ".js", ".py"}
# Figures of tutorials are drawn with course.mplstyle, and charts in stand-ins for the colours of their page.
DRAWN = {Path("neurocourse/plots"), Path("examiner/charts/svg.py")}
# As a number, as a function of numbers, or by a name where a rule of CSS gives a colour.
NUMBER = re.compile(r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b(?![\w-])", re.IGNORECASE)
FUNCTION = re.compile(r"\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(\s*[\d.]")
RULE = re.compile(
    r"(?:^|[;{\s\"'-])(?:color|background|border|fill|stroke|outline|shadow)[\w-]*\s*:([^;}\n]*)"
)
COLOURS = dict(re.findall(r"--look-([\w-]+): ((?:light-dark\(|#)[^;]+);", style_sheet()))
ON_PAPER = ["ink", "soft", "link", "good", "bad", "wait"]


def colours_in(text):
    """Return the colours that a text of a page writes down."""
    words = [word for rule in RULE.findall(text) for word in re.findall(r"[a-z]+", rule.split("{{")[0])]
    named = [word for word in words if word in CSS4_COLORS]
    return [*NUMBER.findall(text), *FUNCTION.findall(text), *named]


def files_of_pages():
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*"))]
    of_pages = [path.relative_to(ROOT) for path in files if path.suffix in OF_PAGES]
    return [path for path in of_pages if path != LOOK and DRAWN.isdisjoint({path, *path.parents})]


def pair(name):
    """Return a colour on light and on dark pages."""
    found = NUMBER.findall(COLOURS[name])
    return found if len(found) == 2 else [*found, *found]


def luminance(hexadecimal):
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(hexadecimal)
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "text",
    ["a { color: red }", "background:#fff;", "style='border: 1px solid #1c1e21'", "fill: rgb(1, 2, 3)"],
    ids=["name", "short", "long", "function"],
)
def test_a_colour_is_noticed_in_each_form(text):
    assert colours_in(text)


def test_no_colour_is_written_outside_of_the_shared_style():
    written = {str(path): colours_in((ROOT / path).read_text(encoding="utf-8")) for path in files_of_pages()}
    assert {path: found for path, found in written.items() if found} == {}
    assert {"examiner/results/feedback.css", "docs/_static/course.css", "neurocourse/cards.py"} <= set(
        written
    )


def test_each_colour_of_the_shared_style_is_written_once():
    written = [number for value in COLOURS.values() for number in NUMBER.findall(value)]
    assert len(written) == len(NUMBER.findall(style_sheet()))
    twice = {number for number in written if written.count(number) > 1}
    assert twice <= {"#ffffff"}  # of paper, and of what figures are drawn on, which stays in the dark


def test_the_logo_has_no_other_colours():
    logo = (ROOT / "docs" / "_static" / "logo.svg").read_text(encoding="utf-8")
    assert NUMBER.findall(logo)
    assert set(NUMBER.findall(logo)) <= set(NUMBER.findall(style_sheet()))


def test_every_name_that_a_page_asks_for_is_in_the_shared_style():
    known = set(re.findall(r"--look-([\w-]+):", style_sheet()))
    asked = {
        name
        for path in files_of_pages()
        for name in re.findall(r"var\(--look-([\w-]+)", (ROOT / path).read_text(encoding="utf-8"))
    }
    assert asked - known == set()
    assert asked >= {"ink", "paper"}


@pytest.mark.parametrize("ground", ["paper", "panel", "code-panel"])
@pytest.mark.parametrize("name", ON_PAPER)
def test_text_is_readable_on_its_ground_in_light_and_dark(name, ground):
    assert min(contrast(*both) for both in zip(pair(name), pair(ground), strict=True)) >= 4.5


@pytest.mark.parametrize("kind", ["good", "bad", "wait"])
def test_ink_is_readable_on_the_panel_of_each_kind(kind):
    both = [zip(pair(name), pair(f"{kind}-panel"), strict=True) for name in ("ink", kind)]
    assert min(contrast(*colours) for pairs in both for colours in pairs) >= 4.5


@pytest.mark.parametrize("kind", ["good", "bad", "wait", "still"])
def test_a_mark_shows_on_white_and_on_black(kind):
    mark = colour(f"{kind}-mark")
    assert min(contrast(mark, ground) for ground in pair("paper")) >= 3


def test_a_colour_that_differs_in_the_dark_is_none_for_a_tag():
    with pytest.raises(KeyError, match="look.css has no single colour 'ink': expected --look-ink: #rrggbb"):
        colour("ink")


def test_each_state_has_a_sign_of_its_own():
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert all(len(sign) == 1 for sign in SIGNS.values())


def test_no_sign_is_written_where_a_page_says_a_state():
    signs = set(SIGNS.values()) - {SIGNS["waits"]}  # an ellipsis also stands for words left out
    own = [path for path in files_of_pages() if path.suffix in {".html", ".j2", ".css", ".js"}]
    written = {str(path): signs & set((ROOT / path).read_text(encoding="utf-8")) for path in own}
    assert {path: found for path, found in written.items() if found} == {}
