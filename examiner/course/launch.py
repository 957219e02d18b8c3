"""Makes the links that open a notebook, one for each service that runs notebooks.

`course.toml` names the public student repository; notebooks and its README take their links from here.
"""

from __future__ import annotations

from urllib.parse import quote

from examiner.course.facts import Assignment, Course


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
        "download": raw_address(course, path),
    }


def raw_address(course: Course, path: str) -> str:
    """Return the address of a file of the student repository, as it is."""
    return f"https://raw.githubusercontent.com/{course.repository}/{quote(course.branch)}/{quote(path)}"


def section_link(course: Course, path: str, cell: str) -> str:
    """Return the address that opens the notebook at a cell, or nothing while the notebook has none."""
    if course.has_placeholder_repository:
        return ""
    return f"{links(course, path)['Colab']}#scrollTo={quote(cell)}"


def launch_links(course: Course, path: str) -> str:
    """Return a line of Markdown that opens the notebook at `path` wherever it can be run."""
    shown = [f"[{service}]({address})" for service, address in links(course, path).items()]
    return f"Open this notebook in {' · '.join(shown[:-1])}, or {shown[-1]} it"
