"""What nbgrader calls of ours, named in `nbgrader_config.py`: the look of the release, late penalties."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from nbgrader.plugins import BasePlugin
from nbgrader.preprocessors import NbGraderPreprocessor

from examiner import cells
from examiner.course import Course, read_course


class StampCourseFacts(NbGraderPreprocessor):  # type: ignore[misc]
    """Put launch links and the pip line, which `course.toml` decides, into a notebook's placeholders."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Replace ``{{ launch_links }}`` and ``{{ pip_install }}`` in every cell."""
        course = _course_of(self)
        names = resources["nbgrader"]
        stamp(nb, course, f"release/{names['assignment']}/{names['notebook']}.ipynb")
        return nb, resources


class FoldTests(NbGraderPreprocessor):  # type: ignore[misc]
    """Fold the code of test cells away, so that a page shows what they say; a click opens them."""

    def preprocess_cell(self, cell: Any, resources: dict[str, Any], index: int) -> tuple[Any, dict[str, Any]]:
        """Mark a test cell as folded, for JupyterLab and for Colab."""
        if cells.is_test(cell):
            cell.metadata["jupyter"] = {"source_hidden": True}
            cell.metadata["cellView"] = "form"
        return cell, resources


def stamp(nb: Any, course: Course, path: str) -> None:
    """Fill a notebook's placeholders in place; `path` is its place in the student repository."""
    facts = {
        "{{ launch_links }}": launch_links(course, path),
        "{{ pip_install }}": f"git+https://github.com/{course.repository}@{course.branch}",
    }
    for cell in nb.cells:
        for placeholder, fact in facts.items():
            cell.source = cell.source.replace(placeholder, fact)


def launch_links(course: Course, path: str) -> str:
    """Return a line of Markdown that opens the notebook at `path` in Colab, Kaggle or Binder."""
    in_repository = f"{course.repository}/blob/{course.branch}/{path}"
    at_binder = f"{course.repository}/{course.branch}?labpath={quote(path, safe='')}"
    links = {
        "Colab": f"https://colab.research.google.com/github/{in_repository}",
        "Kaggle": f"https://kaggle.com/kernels/welcome?src=https://github.com/{in_repository}",
        "Binder": f"https://mybinder.org/v2/gh/{at_binder}",
    }
    return "Open this notebook in " + " · ".join(f"[{name}]({url})" for name, url in links.items())


class LatePolicyPlugin(BasePlugin):  # type: ignore[misc]
    """The late policy of `course.toml` for nbgrader."""

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float:
        """Return the points that late work loses."""
        return _course_of(self).late.penalty(score, total_seconds_late)


def _course_of(configurable: Any) -> Course:
    return read_course(Path(configurable.config.CourseDirectory.root))
