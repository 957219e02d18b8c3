import hashlib
import io
import json
import re
import tomllib
import zipfile
from dataclasses import replace
from urllib.parse import quote

import pytest

from examiner.course.facts import read_course
from examiner.errors import CourseError, NotReleased
from examiner.publishing.student_repository import student_repository

NOTEBOOK = "release/01_adding/adding.ipynb"


@pytest.fixture
def tree(publishable_course):
    return student_repository(publishable_course)


def wheel_in(tree):
    (path,) = [path for path in tree if path.endswith(".whl")]
    return path


def text(tree, path):
    return tree[path].content.decode()


def test_students_get_notebooks_helper_module_environments_licences_and_no_more(tree):
    assert list(tree) == [
        ".devcontainer/devcontainer.json", ".gitignore", "LICENSE", "LICENSE-TEXT", "README.md",
        "binder/environment.yml", "binder/postBuild", "data/README.md", "neurocourse/__init__.py",
        "neurocourse/registry.toml", "pyproject.toml", NOTEBOOK, wheel_in(tree), "wheel/newest.txt",
    ]  # fmt: skip
    assert [path for path in tree if tree[path].executable] == ["binder/postBuild"]


def test_the_notebooks_are_those_in_release(publishable_course, tree):
    assert tree[NOTEBOOK].content == (publishable_course.root / NOTEBOOK).read_bytes()


def test_files_beside_modules_that_pip_would_not_install_stay_behind(publishable_course):
    package = publishable_course.root / "neurocourse"
    (package / "notes.txt").write_text("of mine")
    (package / ".ipynb_checkpoints").mkdir()
    (package / ".ipynb_checkpoints" / "old.py").write_text("1")
    (package / "new").mkdir()
    (package / "new" / "module.py").write_text("1")
    found = [path for path in student_repository(publishable_course) if path.startswith("neurocourse/")]
    assert found == ["neurocourse/__init__.py", "neurocourse/new/module.py", "neurocourse/registry.toml"]


def test_pip_installs_the_helper_module_with_what_students_need(publishable_course, tree):
    ours = tomllib.loads((publishable_course.root / "pyproject.toml").read_text())["project"]
    theirs = tomllib.loads(text(tree, "pyproject.toml"))
    for key in ("name", "requires-python", "license", "dependencies"):
        assert theirs["project"][key] == ours[key]
    assert "optional-dependencies" not in theirs["project"]
    assert theirs["tool"]["setuptools"]["packages"]["find"]["include"] == ["neurocourse*"]


def test_the_helper_module_has_the_version_of_its_wheel_however_it_is_installed(tree):
    version = tomllib.loads(text(tree, "pyproject.toml"))["project"]["version"]
    assert re.fullmatch(r"0\.1\.0\+c[0-9a-f]{12}", version)
    assert wheel_in(tree) == f"wheel/neurocourse-{version}-py3-none-any.whl"


def test_pip_is_told_where_the_newest_wheel_is_and_what_its_hash_is(tree):
    address = f"https://raw.githubusercontent.com/YOUR-ORGANISATION/tiny/main/{quote(wheel_in(tree))}"
    digest = hashlib.sha256(tree[wheel_in(tree)].content).hexdigest()
    assert text(tree, "wheel/newest.txt") == f"neurocourse @ {address} --hash=sha256:{digest}\n"


def test_the_wheel_holds_the_helper_module_that_is_published_beside_it(tree):
    with zipfile.ZipFile(io.BytesIO(tree[wheel_in(tree)].content)) as wheel:
        packed = {path: wheel.read(path) for path in wheel.namelist() if path.startswith("neurocourse/")}
    assert packed == {path: file.content for path, file in tree.items() if path.startswith("neurocourse/")}


def test_other_contents_of_the_helper_module_make_another_wheel(publishable_course, tree):
    (publishable_course.root / "neurocourse" / "registry.toml").write_text("[new]\n")
    assert wheel_in(student_repository(publishable_course)) != wheel_in(tree)


def test_binder_gets_the_exact_versions_of_what_students_need(publishable_course, tree):
    locks = [publishable_course.root / name for name in ("requirements.lock", "requirements-torch.lock")]
    locked = {line for lock in locks for line in lock.read_text().splitlines()}
    lines = text(tree, "binder/environment.yml").splitlines()
    pinned = [line.removeprefix("      - ") for line in lines if line.startswith("      - ")]
    assert pinned[0].startswith("--extra-index-url https://")
    assert set(pinned[1:]) <= locked
    assert {line.partition("==")[0] for line in pinned[1:]} >= {"numpy", "torch", "pooch", "jupyterlab"}
    assert "  - python=3.11" in lines
    assert "pip install --quiet --no-deps ." in text(tree, "binder/postBuild")


def test_a_codespace_installs_the_helper_module_and_opens_the_readme(tree):
    settings = json.loads(text(tree, ".devcontainer/devcontainer.json"))
    assert settings["image"] == "mcr.microsoft.com/devcontainers/python:3.11"
    assert settings["onCreateCommand"].endswith(" . ipykernel")
    assert settings["customizations"]["codespaces"]["openFiles"] == ["README.md"]


def test_the_readme_names_each_tutorial_with_its_due_date_and_links(tree):
    (row,) = [line for line in text(tree, "README.md").splitlines() if "Adding and doubling" in line]
    assert row.startswith(
        f"| 1 | [Adding and doubling]({NOTEBOOK}) | 12 February 2027, 23:59 UTC | [Colab](https://colab."
    )
    assert row.count("](https://") == 5


def test_a_title_with_quotes_is_written_as_it_is(publishable_course):
    titled = replace(publishable_course, title='Neurons & "models"')
    tree = student_repository(titled)
    assert text(tree, "README.md").startswith('# Neurons & "models"\n')
    assert json.loads(text(tree, ".devcontainer/devcontainer.json"))["name"] == 'Neurons & "models"'


def edit(path, old, new):
    before = path.read_text()
    assert old in before
    path.write_text(before.replace(old, new))


def test_a_release_older_than_its_source_is_refused(publishable_course, assignment):
    edit(publishable_course.path("source", assignment) / assignment.filename, "# Adding", "# Adding up")
    with pytest.raises(NotReleased, match=f"^{NOTEBOOK} differs from what source/ generates: run `make rel"):
        student_repository(publishable_course)


def test_a_release_with_the_links_of_another_repository_is_refused(publishable_course):
    edit(publishable_course.root / "course.toml", "YOUR-ORGANISATION/tiny", "somewhere/else")
    with pytest.raises(NotReleased, match="differs from what source/ generates"):
        student_repository(read_course(publishable_course.root))


def test_a_release_that_is_missing_or_holds_more_is_refused(publishable_course):
    notebook = publishable_course.root / NOTEBOOK
    notebook.rename(notebook.with_name("solved.ipynb"))
    with pytest.raises(NotReleased) as refused:
        student_repository(publishable_course)
    assert str(refused.value) == (
        f"{NOTEBOOK} is missing; release/01_adding/solved.ipynb is not made from source/: "
        "run `make release`, and remove what it did not make"
    )


def test_a_missing_licence_is_named(publishable_course):
    (publishable_course.root / "LICENSE").unlink()
    with pytest.raises(CourseError, match="LICENSE is missing: students get it with the course"):
        student_repository(publishable_course)
