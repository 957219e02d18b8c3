"""Writes the public student repository to a folder, after the gate has searched it.

A list of check sums, `published.sha256`, goes with the files. It says which files publishing wrote. So
publishing removes files that are no longer published, and never touches files that somebody else put there.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from examiner.course.facts import Course
from examiner.errors import NotPublished
from examiner.publishing.gate import refuse_leaks
from examiner.publishing.student_repository import PublishedFile, Tree, student_repository

CHECK_SUMS = "published.sha256"

# What git, pip and Jupyter make in a folder in which they are used.
_LEFT_ALONE = re.compile(r"\.git|\.venv|__pycache__|\.ipynb_checkpoints|build|.*\.egg-info")


def checked_tree(course: Course) -> Tree:
    """Return the student repository with its check sums, or raise `LeakFound`."""
    tree = student_repository(course)
    refuse_leaks(course, {path: file.content for path, file in tree.items()})
    lines = [f"{_digest(file.content)}  {path}\n" for path, file in tree.items()]
    return {**tree, CHECK_SUMS: PublishedFile("".join(lines).encode())}


def write_folder(tree: Tree, folder: Path) -> None:
    """Bring a folder in step with the tree, or write nothing: `NotPublished` if it holds anything else."""
    folder = folder.resolve()
    _refuse_foreign_files(tree, folder)
    for path in set(_paths(folder)) - tree.keys():
        (folder / path).unlink()
        _remove_empty_parents(folder, path)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".publish-") as passing:
        for path in sorted(tree, key=lambda path: (path == CHECK_SUMS, path)):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            written = Path(passing) / "file"
            written.write_bytes(tree[path].content)
            written.chmod(0o755 if tree[path].executable else 0o644)
            written.replace(folder / path)


def _refuse_foreign_files(tree: Tree, folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise NotPublished(f"{folder} is not a folder: choose another one")
    known = _listed(folder)
    foreign = [path for path in _paths(folder) if not _is_ours(folder, path, known, tree)]
    if foreign:
        more = f" and {len(foreign) - 3} more" if len(foreign) > 3 else ""
        raise NotPublished(
            f"{folder} holds files that `make publish` did not write: {', '.join(foreign[:3])}{more}. "
            "Nothing was written. Move them away, or choose an empty folder"
        )


def _is_ours(folder: Path, path: str, known: dict[str, str], tree: Tree) -> bool:
    if (folder / path).is_symlink():
        return False
    if path == CHECK_SUMS:
        return True
    digest = _digest((folder / path).read_bytes())
    return digest == known.get(path) or (path in tree and digest == _digest(tree[path].content))


def _paths(folder: Path) -> list[str]:
    found: list[str] = []
    for root, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        folders[:] = [name for name in folders if not _LEFT_ALONE.fullmatch(name)]
        found += [(Path(root) / name).relative_to(folder).as_posix() for name in (*files, *links)]
    return sorted(path for path in found if path != ".git")


def _listed(folder: Path) -> dict[str, str]:
    """Return the check sums of what was published here before, by path."""
    try:
        lines = (folder / CHECK_SUMS).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return {}
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


def _remove_empty_parents(folder: Path, path: str) -> None:
    for parent in (folder / path).parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
