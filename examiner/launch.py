"""Where a click opens a notebook: the services that run it, by the addresses that each of them reads.

`course.toml` names the public student repository; `stamp` writes the links and the pip line into notebooks,
and the student repository's README takes them from here.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from examiner.course import Assignment, Course


def published_path(assignment: Assignment) -> str:
    """Return where the student repository keeps the notebook of an assignment."""
    return f"release/{assignment.name}/{assignment.filename}"


def links(course: Course, path: str) -> dict[str, str]:
    """Return by service the address that opens the notebook at `path` of the student repository.

    A codespace holds the whole repository, and no address opens a file in it.
    """
    branch, file = quote(course.branch), quote(path)
    page = f"{course.repository}/blob/{branch}/{file}"
    return {
        "Colab": f"https://colab.research.google.com/github/{page}",
        "Kaggle": f"https://kaggle.com/kernels/welcome?src=https://github.com/{page}",
        "Binder": f"https://mybinder.org/v2/gh/{course.repository}/{quote(course.branch, safe='')}"
        f"?labpath={quote(path, safe='')}",
        "Codespaces": f"https://codespaces.new/{course.repository}/tree/{branch}?quickstart=1",
        "download": f"https://raw.githubusercontent.com/{course.repository}/{branch}/{file}",
    }


def launch_links(course: Course, path: str) -> str:
    """Return a line of Markdown that opens the notebook at `path` wherever it can be run."""
    shown = [f"[{service}]({address})" for service, address in links(course, path).items()]
    return f"Open this notebook in {' · '.join(shown[:-1])}, or {shown[-1]} it"


def stamp(nb: Any, course: Course, path: str) -> None:
    """Fill a notebook's placeholders in place; `path` is its place in the student repository."""
    facts = {
        "{{ launch_links }}": launch_links(course, path),
        "{{ pip_install }}": f"git+https://github.com/{course.repository}@{course.branch}",
    }
    for cell in nb.cells:
        for placeholder, fact in facts.items():
            cell.source = cell.source.replace(placeholder, fact)
