import os
import subprocess

import pytest

from examiner.commands import main
from examiner.errors import NotPublished
from examiner.publishing.branch import commit_branch
from examiner.publishing.folder import CHECK_SUMS, checked_tree
from examiner.publishing.student_repository import PublishedFile

IDENTITY = ["-c", "user.name=author", "-c", "user.email=author@example.org"]


@pytest.fixture
def repository(publishable_course):
    """The tiny course as a git repository with a change that is staged and one that is not."""
    git(publishable_course, "init", "-q", "-b", "main")
    git(publishable_course, "add", ".")
    git(publishable_course, *IDENTITY, "commit", "-qm", "Begin")
    (publishable_course.root / "staged.txt").write_text("1")
    git(publishable_course, "add", "staged.txt")
    (publishable_course.root / "LICENSE").write_text("changed")
    return publishable_course


@pytest.fixture
def tree():
    return {"run.sh": PublishedFile(b"echo 1\n", True), CHECK_SUMS: PublishedFile(b"0  run.sh\n")}


def git(course, *arguments):
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-C", str(course.root), *arguments], check=True, capture_output=True, text=True, env=own
    )
    return done.stdout.strip()


def test_a_new_branch_holds_the_tree_alone_and_nothing_of_the_courses_history(repository, tree):
    assert commit_branch(repository, tree, "students")
    listed = git(repository, "ls-tree", "-r", "students").splitlines()
    assert [line.split()[0] for line in listed] == ["100644", "100755"]
    assert git(repository, "show", "students:run.sh") == "echo 1"
    assert git(repository, "rev-list", "--count", "students") == "1"


def test_work_tree_index_and_current_branch_stay_as_they_are(repository, tree):
    before = git(repository, "status", "--porcelain", "--branch"), git(repository, "ls-files", "--stage")
    commit_branch(repository, tree, "students")
    assert (
        git(repository, "status", "--porcelain", "--branch"),
        git(repository, "ls-files", "--stage"),
    ) == before
    assert not (repository.root / "run.sh").exists()


def test_an_unchanged_tree_makes_no_new_commit_and_a_changed_one_follows_on_it(repository, tree):
    commit_branch(repository, tree, "students")
    first = git(repository, "rev-parse", "students")
    assert not commit_branch(repository, tree, "students")
    assert git(repository, "rev-parse", "students") == first
    assert commit_branch(repository, {**tree, "new": PublishedFile(b"")}, "students")
    assert git(repository, "rev-parse", "students~1") == first


def test_the_same_course_gives_the_same_commit(repository):
    commits = []
    for branch in ("one", "two"):
        commit_branch(repository, checked_tree(repository), branch)
        commits.append(git(repository, "rev-parse", branch))
    assert commits[0] == commits[1]
    shown = git(repository, "show", "-s", "--format=%an <%ae> %s%n%aI %cI", "one").splitlines()
    assert shown[0] == "A tiny course <course@example.org> Publish A tiny course"
    assert shown[1] == " ".join([git(repository, "show", "-s", "--format=%cI", "main")] * 2)


@pytest.mark.parametrize(
    ("branch", "reason"),
    [
        ("main", "main is checked out: choose a branch for the student repository alone"),
        ("drafts", "drafts holds files that `make publish` did not write: choose another branch"),
        ("no branch", "'no branch' is not a valid name for a branch"),
    ],
)
def test_a_branch_that_is_not_for_publishing_is_refused(repository, tree, branch, reason):
    git(repository, "branch", "drafts")
    before = git(repository, "for-each-ref")
    with pytest.raises(NotPublished, match=f"^{reason}$"):
        commit_branch(repository, tree, branch)
    assert git(repository, "for-each-ref") == before


def test_a_folder_that_is_no_git_repository_is_told_to_publish_to_a_folder(publishable_course, tree):
    with pytest.raises(NotPublished, match=r"is not a git repository of its own: use --to FOLDER instead of"):
        commit_branch(publishable_course, tree, "students")


def test_the_command_says_in_one_line_what_to_type_to_push(repository, monkeypatch, capsys):
    monkeypatch.chdir(repository.root)
    assert main(["publish", "--branch", "students"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("students: committed, 15 files, ")
    assert lines[1] == "To send it: git push https://github.com/YOUR-ORGANISATION/tiny students:main"
    assert main(["publish", "--branch", "students"]) == 0
    assert capsys.readouterr().out.startswith("students: unchanged, 15 files, ")
    assert not (repository.root / "public").exists()
