"""The site of the tiny course, without its tutorial: `tests/browser/test_site.py` builds the whole one."""

import shutil
from dataclasses import replace

import pytest

from examiner.course.facts import read_course
from examiner.errors import CourseError
from examiner.publishing.site import build_site, picture_of
from tests.examiner.conftest import ROOT


@pytest.fixture
def bare_course(course):
    """The tiny course without assignments, with a first page."""
    docs = course.root / "docs"
    docs.mkdir()
    shutil.copy(ROOT / "docs" / "conf.py", docs)
    shutil.copytree(ROOT / "docs" / "_static", docs / "_static")
    (course.root / "neurocourse").mkdir()
    shutil.copy(ROOT / "neurocourse" / "look.css", course.root / "neurocourse")
    (course.root / "data").mkdir()
    (course.root / "data" / "README.md").write_text(
        "# Data\n\nSee [the registry](../neurocourse/registry.toml)."
    )
    (course.root / "CONTRIBUTING.md").write_text(
        "# Contributing\n\nRead [how grading works](docs/grading.md)."
    )
    (docs / "grading.md").write_text("# Grading\n")
    toctree = "```{toctree}\n:hidden:\n\ndata\ncontributing\n{{ other_pages }}\n```\n"
    (docs / "index.md").write_text(f"# {{{{ title }}}}\n\n{toctree}")
    return replace(course, assignments=())


def test_pages_of_the_repository_become_pages_of_the_site(bare_course, tmp_path):
    html = build_site(bare_course, tmp_path / "site")
    home = (html / "index.html").read_text()
    assert "<h1>A tiny course" in home
    assert 'href="grading.html"' in home, "a page that the first page does not name is listed, too"
    assert 'href="grading.html"' in (html / "contributing.html").read_text()
    assert "See the registry." in (html / "data.html").read_text()


def test_a_warning_stops_the_build_and_says_where(bare_course, tmp_path):
    (bare_course.root / "docs" / "grading.md").write_text("# Grading\n\n[Lost](nowhere.md)\n")
    with pytest.raises(CourseError, match=r"(?s)the site is not right yet:.*grading\.md:3.*nowhere\.md"):
        build_site(bare_course, tmp_path / "site")


def test_a_tutorial_has_its_picture_and_one_that_is_not_there_is_named(course, assignment):
    folder = course.root / "neurocourse" / "expected" / assignment.name
    folder.mkdir(parents=True)
    (folder / "show-sum.1.png").write_bytes(b"")
    assert picture_of(course, replace(assignment, picture="show-sum.1")) == folder / "show-sum.1.png"
    with pytest.raises(
        CourseError, match="the picture 'show-sun', which is not among .*: show-sum.1. Name one"
    ):
        picture_of(course, replace(assignment, picture="show-sun"))


def test_each_tutorial_of_the_course_has_a_picture_and_says_what_it_shows():
    course = read_course(ROOT)
    assert all(picture_of(course, assignment).is_file() for assignment in course.assignments)
    assert all(assignment.finding for assignment in course.assignments)
