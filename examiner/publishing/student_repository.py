"""Gathers the public student repository in memory: what students need to run the notebooks, no more.

    release/ (as source/ generates it) · neurocourse/ and its wheel · licences · templates … ─▶ tree

The tree is a function of the course's files alone. `publish` searches it for secrets and writes it.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from examiner.course import launch
from examiner.course.facts import Assignment, Course, read_course
from examiner.errors import CourseError, NotReleased
from examiner.publishing.release import write_release
from examiner.publishing.wheel import NEWEST_WHEEL, Wheel, build_wheel

TORCH_INDEX = "https://download.pytorch.org/whl/cpu"  # without CUDA: 200 MB instead of 3 GB

_TEMPLATES = {
    "README.md": "README.md.jinja",
    "pyproject.toml": "pyproject.toml.jinja",
    "binder/environment.yml": "environment.yml.jinja",
    "binder/postBuild": "postBuild.jinja",
    ".devcontainer/devcontainer.json": "devcontainer.json.jinja",
    ".gitignore": "gitignore.jinja",
}
_LICENCES = ("LICENSE", "LICENSE-TEXT")
_COPIED = (*_LICENCES, "data/README.md")
_EXECUTABLE = ("binder/postBuild",)
_LOCKS = ("requirements.lock", "requirements-torch.lock")
_BESIDE_A_NOTEBOOK = "jupyterlab"


@dataclass(frozen=True)
class PublishedFile:
    """What one file of the student repository holds."""

    content: bytes
    executable: bool = False


Tree = dict[str, PublishedFile]


def student_repository(course: Course) -> Tree:
    """Return the files of the student repository by path; `NotReleased` where release/ is out of step."""
    contents = generated_release(course)
    check_released(course, contents)
    project = tomllib.loads(_read(course, "pyproject.toml").decode())
    module = _helper_module(course, _package_data(project))
    wheel = _wheel(course, project, module)
    contents |= module | _published_wheel(course, wheel)
    contents |= {path: _read(course, path) for path in _COPIED}
    contents |= {path: text.encode() for path, text in _filled_templates(course, project, wheel.version)}
    return {path: PublishedFile(contents[path], path in _EXECUTABLE) for path in sorted(contents)}


def generated_release(course: Course) -> dict[str, bytes]:
    """Return the files of release/ as the source generates them now, in a passing copy of the course."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        for name in ("course.toml", "nbgrader_config.py"):
            shutil.copy(course.root / name, root)
        for assignment in course.assignments:
            shutil.copytree(course.path("source", assignment), root / "source" / assignment.name)
        copy = read_course(root)
        for assignment in copy.assignments:
            write_release(copy, assignment, in_gradebook=False)
        return _files(root, "release")


def check_released(course: Course, generated: dict[str, bytes]) -> None:
    """Raise `NotReleased` unless the course's release/ holds these files and no others."""
    found = _files(course.root, "release")
    wrong = {
        "is missing": generated.keys() - found.keys(),
        "is not made from source/": found.keys() - generated.keys(),
        "differs from what source/ generates": {
            path for path in generated.keys() & found.keys() if generated[path] != found[path]
        },
    }
    sentences = [f"{path} {what}" for what, paths in wrong.items() for path in sorted(paths)]
    if sentences:
        raise NotReleased(f"{'; '.join(sentences)}: run `make release`, and remove what it did not make")


def _files(root: Path, folder: str) -> dict[str, bytes]:
    paths = [path.relative_to(root) for path in (root / folder).rglob("*") if path.is_file()]
    visible = [path for path in paths if not any(part.startswith(".") for part in path.parts)]
    return {path.as_posix(): (root / path).read_bytes() for path in visible}


def _read(course: Course, path: str) -> bytes:
    try:
        return (course.root / path).read_bytes()
    except FileNotFoundError:
        raise CourseError(f"{path} is missing: students get it with the course") from None


def _package_data(project: dict[str, Any]) -> list[str]:
    patterns: list[str] = project["tool"]["setuptools"]["package-data"]["neurocourse"]
    return patterns


def _helper_module(course: Course, package_data: list[str]) -> dict[str, bytes]:
    """Return what pip would install of `neurocourse`: its modules and its package data."""
    package = course.root / "neurocourse"
    paths = {path for pattern in ("**/*.py", *package_data) for path in package.glob(pattern)}
    return {
        path: content
        for path, content in _files(course.root, "neurocourse").items()
        if course.root / path in paths
    }


def _wheel(course: Course, project: dict[str, Any], module: dict[str, bytes]) -> Wheel:
    facts = {**project["project"], "description": _description(course)}
    facts.pop("optional-dependencies", None)  # of staff
    return build_wheel(facts, module, {path: _read(course, path) for path in _LICENCES})


def _published_wheel(course: Course, wheel: Wheel) -> dict[str, bytes]:
    """Return the wheel, and the file by which pip finds it."""
    path = f"{NEWEST_WHEEL.rpartition('/')[0]}/{wheel.file_name}"
    return {
        path: wheel.content,
        NEWEST_WHEEL: wheel.requirement(launch.raw_address(course, path)).encode(),
    }


def _filled_templates(course: Course, project: dict[str, Any], version: str) -> Iterator[tuple[str, str]]:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("published")),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        autoescape=False,  # noqa: S701  (no page for a browser among them)
    )
    environment.filters["quoted"] = lambda value: json.dumps(value, ensure_ascii=False)
    facts = _facts(course, project) | {"version": version}
    for path, template in _TEMPLATES.items():
        yield path, environment.get_template(template).render(facts)


def _facts(course: Course, project: dict[str, Any]) -> dict[str, Any]:
    least, below = re.findall(r"3\.(\d+)", project["project"]["requires-python"])
    return {
        "course": course,
        "name": course.repository.rpartition("/")[2],
        "project": project["project"],
        "description": _description(course),
        "build_requires": project["build-system"]["requires"],
        "package_data": _package_data(project),
        "python": f"3.{least}",
        "python_range": f"3.{least} to 3.{int(below) - 1}",
        "pinned": _pinned(course, _of_tutorials(project)),
        "torch_index": TORCH_INDEX,
        "tutorials": [_tutorial(course, assignment) for assignment in course.assignments],
    }


def _description(course: Course) -> str:
    return f"{course.title}: the helper module of the course's notebooks."


def _of_tutorials(project: dict[str, Any]) -> list[str]:
    """Return what the tutorials import, also what only one of them needs."""
    needed: list[str] = project["project"]["dependencies"]
    return [*needed, *project["project"]["optional-dependencies"]["torch"]]


def _pinned(course: Course, requirements: list[str]) -> list[str]:
    """Return the requirements, and a JupyterLab, in the exact versions of the lock files."""
    lines = [line for name in _LOCKS for line in _read(course, name).decode().splitlines()]
    locked = dict(line.split("==") for line in lines if "==" in line)
    names = [re.split(r"[^\w.-]", requirement)[0] for requirement in requirements]
    return [f"{name}=={locked[name].split(' ')[0]}" for name in [*names, _BESIDE_A_NOTEBOOK]]


def _tutorial(course: Course, assignment: Assignment) -> dict[str, str]:
    path = launch.published_path(assignment)
    links = [f"[{service}]({address})" for service, address in launch.links(course, path).items()]
    due = assignment.due
    return {
        "title": assignment.title,
        "notebook": assignment.notebook,
        "path": path,
        "due": f"{due.day} {due:%B %Y, %H:%M} UTC" if due else "",
        "links": " · ".join(links),
    }
