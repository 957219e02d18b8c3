"""Writes the public student repository to a folder or to a local git branch, after the gate has looked at it.

A list of check sums, `published.sha256`, goes with the files. It says which files publishing wrote, so that
it takes away what is no longer published and never touches what somebody else put there.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from pathlib import Path

from examiner.course import Course
from examiner.errors import NotPublished
from examiner.leaks import refuse_leaks
from examiner.student_repository import PublishedFile, Tree, student_repository

CHECK_SUMS = "published.sha256"

_LEFT_ALONE = {".git", ".venv", "__pycache__", ".ipynb_checkpoints"}
_EMAIL = "course@example.org"


def checked_tree(course: Course) -> Tree:
    """Return the student repository with its check sums; `LeakFound` if it holds what students may not see."""
    tree = student_repository(course)
    refuse_leaks(course, {path: file.content for path, file in tree.items()})
    lines = [f"{_digest(file.content)}  {path}\n" for path, file in tree.items()]
    return {**tree, CHECK_SUMS: PublishedFile("".join(lines).encode())}


def write_folder(tree: Tree, folder: Path) -> None:
    """Bring a folder in step with the tree; `NotPublished`, and nothing written, if it holds anything else."""
    _refuse_foreign_files(tree, folder)
    folder.mkdir(parents=True, exist_ok=True)
    for path in _listed(folder).keys() - tree.keys():
        (folder / path).unlink(missing_ok=True)
        _remove_empty_parents(folder, path)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".publish-") as passing:
        for path in sorted(tree, key=lambda path: (path == CHECK_SUMS, path)):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            written = Path(passing) / "file"
            written.write_bytes(tree[path].content)
            written.chmod(0o755 if tree[path].executable else 0o644)
            os.replace(written, folder / path)


def _refuse_foreign_files(tree: Tree, folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise NotPublished(f"{folder} is no folder: choose another one")
    known = _listed(folder)
    foreign = [path for path in _paths(folder) if not _is_ours(folder, path, known, tree)]
    if foreign:
        more = f" and {len(foreign) - 3} more" if len(foreign) > 3 else ""
        raise NotPublished(
            f"{folder} holds what publishing did not write: {', '.join(foreign[:3])}{more}. Nothing was written; "
            "move it away, or choose an empty folder"
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
        folders[:] = [name for name in folders if name not in _LEFT_ALONE]
        found += [(Path(root) / name).relative_to(folder).as_posix() for name in (*files, *links)]
    return sorted(path for path in found if path not in _LEFT_ALONE)


def _listed(folder: Path) -> dict[str, str]:
    """Return the check sums of what was published here before, by path."""
    try:
        lines = (folder / CHECK_SUMS).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (UnicodeDecodeError, NotADirectoryError):
        return {}
    pairs = [line.partition("  ")[::2] for line in lines]
    return {path: digest for digest, path in pairs if path and ".." not in Path(path).parts}


def _remove_empty_parents(folder: Path, path: str) -> None:
    for parent in list((folder / path).parents):
        if parent == folder or not parent.is_dir() or any(parent.iterdir()):
            return
        parent.rmdir()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def commit_branch(course: Course, tree: Tree, branch: str) -> bool:
    """Commit the tree to a local branch, and return whether that made a new commit.

    Only git's object store and the branch change: no work tree, no index, no remote. The commit carries the
    date of the course's last commit, so that it can be made again.
    """
    git = _Git(course.root)
    git.refuse_branch(branch)
    reference = f"refs/heads/{branch}"
    parent = git.read("rev-parse", "--verify", "--quiet", reference)
    published = git.write_tree(tree)
    if parent and git.read("rev-parse", f"{parent}^{{tree}}") == published:
        return False
    date = git.run("log", "-1", "--format=%cI", "HEAD")
    names = {role: course.title for role in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME")}
    dates = {role: date for role in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE")}
    emails = {role: _EMAIL for role in ("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL")}
    parents = ["-p", parent] if parent else []
    message = f"Publish {course.title}"
    commit = git.run("commit-tree", published, *parents, "-m", message, **names, **dates, **emails)
    git.run("update-ref", "-m", "publish", reference, commit, parent or "0" * len(commit))
    return True


class _Git:
    """Git's plumbing in the course's own repository."""

    def __init__(self, root: Path) -> None:
        self.root = root
        if Path(self.read("rev-parse", "--show-toplevel") or "/") != root:
            raise NotPublished(
                f"{root} is no git repository of its own: publish to a folder with --to FOLDER"
            )

    def run(self, *arguments: str, given: bytes = b"", **variables: str) -> str:
        """Return what a git command prints; `NotPublished` holds what it says when it fails."""
        done = self._run(arguments, given, variables)
        if done.returncode:
            raise NotPublished(f"git {arguments[0]} failed: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout.decode().strip()

    def read(self, *arguments: str) -> str:
        """Return what a git command prints, or nothing if it fails."""
        done = self._run(arguments, b"", {})
        return "" if done.returncode else done.stdout.decode().strip()

    def _run(
        self, arguments: tuple[str, ...], given: bytes, variables: dict[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        command = ["git", "-C", str(self.root), *arguments]
        own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        try:
            return subprocess.run(command, input=given, capture_output=True, env=own | variables, check=False)
        except FileNotFoundError:
            raise NotPublished(
                "git is missing: install it, or publish to a folder with --to FOLDER"
            ) from None

    def refuse_branch(self, branch: str) -> None:
        """Raise `NotPublished` for a branch that is in use, or that holds anything but what was published."""
        if not self.read("check-ref-format", "--branch", branch):
            raise NotPublished(f"{branch!r} is no name for a branch")
        reference = f"refs/heads/{branch}"
        if f"branch {reference}" in self.read("worktree", "list", "--porcelain").splitlines():
            raise NotPublished(f"{branch} is checked out: choose a branch for the student repository alone")
        if self.read("rev-parse", "--verify", "--quiet", reference) and not self.read(
            "cat-file", "-t", f"{reference}:{CHECK_SUMS}"
        ):
            raise NotPublished(f"{branch} holds what publishing did not write: choose another branch")

    def write_tree(self, tree: Tree) -> str:
        """Store the files, and return the name of their tree object."""
        entries = []
        for path, file in tree.items():
            blob = self.run("hash-object", "-w", "--stdin", given=file.content)
            entries.append(f"{'100755' if file.executable else '100644'} {blob}\t{path}\0")
        with tempfile.TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": f"{folder}/index"}
            self.run("update-index", "-z", "--index-info", given="".join(entries).encode(), **index)
            return self.run("write-tree", **index)
