"""Commits the public student repository to a local git branch, by git's plumbing.

Only git's object store and the branch change: no work tree, no index, no remote. A commit carries the date
of the course's last commit and nobody's name, so that the same course gives the same commit.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from examiner.course.facts import Course
from examiner.errors import NotPublished
from examiner.publishing.folder import CHECK_SUMS
from examiner.publishing.student_repository import Tree

_EMAIL = "course@example.org"
_NOTHING: Mapping[str, str] = {}


def commit_branch(course: Course, tree: Tree, branch: str) -> bool:
    """Commit the tree to a branch, and make a missing branch; return whether there was any change."""
    git = _Git(course.root)
    reference = f"refs/heads/{branch}"
    _refuse_other_branches(git, branch, reference)
    parent = git.read("rev-parse", "--verify", "--quiet", reference)
    published = _stored(git, tree)
    if parent and git.read("rev-parse", f"{parent}^{{tree}}") == published:
        return False
    parents = ["-p", parent] if parent else []
    commit = git.run(
        "commit-tree", published, *parents, "-m", f"Publish {course.title}", settings=_signature(git, course)
    )
    git.run("update-ref", "-m", "publish", reference, commit, parent or "0" * len(commit))
    return True


def push_command(course: Course, branch: str) -> str:
    """Return what to type to send the branch to the public student repository."""
    return f"git push https://github.com/{course.repository} {branch}:{course.branch}"


class _Git:
    """Git in the course's own repository."""

    def __init__(self, root: Path) -> None:
        self.root = root
        if self.read("rev-parse", "--show-toplevel") != str(root):
            raise NotPublished(
                f"{root} is not a git repository of its own: use --to FOLDER instead of --branch"
            )

    def run(self, *arguments: str, given: bytes = b"", settings: Mapping[str, str] = _NOTHING) -> str:
        """Return what a git command prints; `NotPublished` holds what it says when it fails."""
        done = self._done(arguments, given, settings)
        if done.returncode:
            raise NotPublished(f"git {arguments[0]} failed: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout.decode().strip()

    def read(self, *arguments: str) -> str:
        """Return what a git command prints, or nothing if it fails."""
        done = self._done(arguments, b"", _NOTHING)
        return "" if done.returncode else done.stdout.decode().strip()

    def _done(
        self, arguments: tuple[str, ...], given: bytes, settings: Mapping[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        command = ["git", "-C", str(self.root), *arguments]
        try:
            return subprocess.run(
                command, input=given, capture_output=True, env={**own, **settings}, check=False
            )
        except FileNotFoundError:
            raise NotPublished("git is missing: install it, or use --to FOLDER") from None


def _refuse_other_branches(git: _Git, branch: str, reference: str) -> None:
    """Raise `NotPublished` for a branch that is in use, or that holds anything but what was published."""
    if not git.read("check-ref-format", "--branch", branch):
        raise NotPublished(f"{branch!r} is not a valid name for a branch")
    if f"branch {reference}" in git.read("worktree", "list", "--porcelain").splitlines():
        raise NotPublished(f"{branch} is checked out: choose a branch for the student repository alone")
    is_there = git.read("rev-parse", "--verify", "--quiet", reference)
    if is_there and not git.read("cat-file", "-t", f"{reference}:{CHECK_SUMS}"):
        raise NotPublished(f"{branch} holds files that `make publish` did not write: choose another branch")


def _signature(git: _Git, course: Course) -> dict[str, str]:
    date = git.run("log", "-1", "--format=%cI", "HEAD")
    facts = {"NAME": course.title, "EMAIL": _EMAIL, "DATE": date}
    return {f"GIT_{role}_{what}": fact for role in ("AUTHOR", "COMMITTER") for what, fact in facts.items()}


def _stored(git: _Git, tree: Tree) -> str:
    """Store the files in git, and return the name of their tree."""
    entries = []
    for path, file in tree.items():
        blob = git.run("hash-object", "-w", "--stdin", given=file.content)
        entries.append(f"{'100755' if file.executable else '100644'} {blob}\t{path}\0")
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": f"{folder}/index"}
        git.run("update-index", "-z", "--index-info", given="".join(entries).encode(), settings=index)
        return git.run("write-tree", settings=index)
