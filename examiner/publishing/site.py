"""Builds the website: the pages of `docs/`, the tutorials as students get them, the reference.

    docs/*.md ───────────────────┐
    release/ ─run─▶ pages, cards ┼─▶ pages/ ─Sphinx, MyST-NB─▶ html/
    neurocourse ─▶ reference     ┘

The site is built without a network, and its pages load nothing from anywhere else. A warning of Sphinx is an
error.
"""

from __future__ import annotations

import hashlib
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from tqdm import tqdm

from examiner.course.facts import Assignment, Course
from examiner.errors import CourseError
from examiner.notebook import cells
from examiner.publishing.execution import TWINS_IN_FULL, run_notebook
from examiner.publishing.tutorial_pages import tutorial_card, tutorial_page

_COPIED = {"CONTRIBUTING.md": "contributing.md", "data/README.md": "data.md"}
_LINK_TO_A_TUTORIAL = re.compile(r"\]\(\.\./release/([^/)]+)/[^/)]+\.ipynb")
_LINK_INTO_THE_REPOSITORY = re.compile(r"\[([^]]*)\]\((?:\.\./|data/|neurocourse/|release/)[^)]*\)")
_REFERENCE = """# {name}

```{{eval-rst}}
.. automodule:: neurocourse.{name}
   :members:
```
"""


def build_site(course: Course, folder: Path) -> Path:
    """Write the site to `html` in this folder and return it; `CourseError` holds what Sphinx warns of."""
    html, pages = folder / "html", folder / "pages"
    for written_anew in (html, pages):
        shutil.rmtree(written_anew, ignore_errors=True)
    for name, text in _pages(course, folder / "executed"):
        (pages / name).parent.mkdir(parents=True, exist_ok=True)
        (pages / name).write_text(text, encoding="utf-8")
    for assignment in course.assignments:
        if assignment.picture:
            (pages / "pictures").mkdir(exist_ok=True)
            shutil.copy(picture_of(course, assignment), pages / "pictures" / f"{assignment.name}.png")
    options = ["-b", "html", "-c", str(course.root / "docs"), "-q", "-E", "-W", "--keep-going"]
    options += ["-d", str(folder / "doctrees"), str(pages), str(html)]
    command = [sys.executable, "-m", "sphinx", *options]
    run = subprocess.run(command, cwd=course.root, capture_output=True, text=True)
    if run.returncode:
        raise CourseError(f"the site is not right yet:\n{run.stderr.strip()}")
    return html


def picture_of(course: Course, assignment: Assignment) -> Path:
    """Return the file of an assignment's picture; `CourseError` where it is no expected figure of its."""
    folder = course.root / "neurocourse" / "expected" / assignment.name
    path = folder / f"{assignment.picture}.png"
    if not path.is_file():
        there = ", ".join(sorted(file.stem for file in folder.glob("*.png"))) or "none"
        raise CourseError(
            f"course.toml gives {assignment.name} the picture {assignment.picture!r}, which is not among its "
            f"expected figures: {there}. Name one of them, or run `make figures`."
        )
    return path


def _pages(course: Course, cache: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every page, and of the notebooks that they offer."""
    cards = []
    for assignment in tqdm(course.assignments, desc="run the student notebooks", unit="notebook"):
        path = course.path("release", assignment) / assignment.filename
        name, download = f"tutorials/{assignment.name}.ipynb", f"downloads/{assignment.filename}"
        yield download, path.read_text(encoding="utf-8")
        yield name, nbformat.writes(tutorial_page(_executed(path, cache), f"/{download}"))
        cards.append(tutorial_card(cells.read_notebook(path), assignment, name))
    modules = [module.name for module in pkgutil.iter_modules([str(course.root / "neurocourse")])]
    for name in modules:
        yield f"reference/{name}.md", _REFERENCE.format(name=name)
    for origin, name in _COPIED.items():
        yield name, _on_the_site((course.root / origin).read_text(encoding="utf-8"))
    facts = {
        "title": course.title,
        "cards": "\n".join(cards),
        "modules": "\n   ".join(f"neurocourse.{name}" for name in modules),
    }
    yield from _written(course.root / "docs", facts)


def _written(docs: Path, facts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the pages of `docs/`, placeholders filled; those that the first page does not name come last."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(docs.glob("*.md"))}
    named = set(texts["index"].split())
    facts = {**facts, "other_pages": "\n".join(name for name in texts if name not in {*named, "index"})}
    for name, text in texts.items():
        for placeholder, fact in facts.items():
            text = text.replace("{{ " + placeholder + " }}", fact)
        yield f"{name}.md", _on_the_site(text)


def _on_the_site(text: str) -> str:
    """Return a text of the repository whose links lead to pages of the site, or are plain words."""
    text = _LINK_TO_A_TUTORIAL.sub(r"](tutorials/\1.ipynb", text.replace("](docs/", "]("))
    return _LINK_INTO_THE_REPOSITORY.sub(r"\1", text)


def _executed(path: Path, cache: Path) -> Any:
    """Return a notebook as it ends where nothing is filled in; run again only when something changed."""
    kept = cache / f"{path.stem}-{_fingerprint(path)}.ipynb"
    if not kept.is_file():
        notebook = cells.read_notebook(path)
        run_notebook(notebook, path.stem, path.parent, environment=TWINS_IN_FULL, goes_on=True)
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(f".{os.getpid()}")
        nbformat.write(notebook, unfinished)
        unfinished.replace(kept)
    return cells.read_notebook(kept)


def _fingerprint(path: Path) -> str:
    """Return a name for all that a student notebook's outputs depend on."""
    root = path.parents[2]
    package = [file for file in (root / "neurocourse").rglob("*") if file.is_file() and file.suffix != ".pyc"]
    digest = hashlib.sha256()
    for part in [path, *sorted(root.glob("requirements*.lock")), *sorted(package)]:
        digest.update(part.read_bytes())
    return digest.hexdigest()[:16]
