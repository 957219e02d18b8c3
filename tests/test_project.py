"""The files at the top agree with one another."""

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from PIL import Image

from examiner.course.facts import read_course
from examiner.publishing.student_repository import TORCH_INDEX
from tests.browser.pictures import ASSIGNMENT, EXERCISE, MISTAKE
from tests.notebooks.rehearsal import answers

ROOT = Path(__file__).parents[1]
FOLDERS = ("solutions", "submitted", "autograded", "feedback", "returned", "data")
WIDTH = 110
TORCH_LOCK = [
    line for line in (ROOT / "requirements-torch.lock").read_text().splitlines() if not line.startswith("#")
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def name_of(requirement):
    return re.match(r"[A-Za-z0-9_-]+", requirement)[0].lower().replace("_", "-")


def test_the_conda_environment_lists_what_pyproject_lists():
    text = (ROOT / "environment.yml").read_text()
    listed = re.findall(r"^      - (?!--)(\S+)$", text, flags=re.MULTILINE)
    extras = PROJECT["optional-dependencies"]
    exact = [line for line in TORCH_LOCK if "==" in line]
    assert sorted(listed) == sorted([*PROJECT["dependencies"], *extras["staff"], *exact])


def test_every_way_to_install_torch_asks_for_the_build_without_cuda():
    assert [f"--index-url {TORCH_INDEX}", "torch==2.13.0"] == TORCH_LOCK
    assert f"      - --extra-index-url {TORCH_INDEX}\n" in (ROOT / "environment.yml").read_text()
    pages = ("docs/student.md", "docs/machines.md", "neurocourse/notebook.py")
    assert all(TORCH_INDEX in (ROOT / page).read_text(encoding="utf-8") for page in pages)


def test_whoever_installs_the_helper_module_gets_no_torch():
    groups = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][name] for name in ("staff", "dev"))]
    assert [each for group in groups for each in group if name_of(each) == "torch"] == []


def test_types_of_both_packages_are_checked_strictly():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    assert settings["packages"] == ["examiner", "neurocourse"]
    assert settings["strict"] is True
    assert [override for override in settings["overrides"] if "ignore_errors" in override] == []
    assert "neurocourse" not in str(settings["overrides"])


def test_the_lock_file_pins_every_requirement_exactly():
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    assert [line for line in lines if not re.match(r"[a-z0-9._-]+==[\w.!]+( ; .+)?$", line)] == []
    pinned = {line.partition("==")[0] for line in lines}
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    assert {name_of(requirement) for group in groups for requirement in group} - pinned == {"torch"}


def test_what_is_locked_can_be_installed_on_the_first_python_that_is_promised():
    """Of what is installed in the locked version; continuous integration has all of it."""
    locked = [line.split("==") for line in (ROOT / "requirements.lock").read_text().splitlines()]
    here = {name_of(each.name): each for each in metadata.distributions()}
    known = [
        here[name].metadata for name, version in locked if name in here and here[name].version == version
    ]
    assert len(known) > len(locked) / 2
    first = f"{re.search(r'>=(3[.]11)', PROJECT['requires-python'])[1]}.0"
    refused = [told["Name"] for told in known if first not in SpecifierSet(told["Requires-Python"] or "")]
    assert refused == []


def test_course_toml_lists_every_source_folder():
    names = [assignment.name for assignment in read_course(ROOT).assignments]
    assert names == sorted(path.name for path in (ROOT / "source").iterdir() if path.is_dir())


def test_make_help_lists_every_target():
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)[1].split()
    documented = re.findall(r"^([a-z]+):.*## ", makefile, flags=re.MULTILINE)
    assert sorted(documented) == sorted(phony)


def test_the_container_for_staff_has_the_options_that_its_page_names():
    folder, page = ROOT / ".devcontainer", (ROOT / "docs" / "machines.md").read_text(encoding="utf-8")
    settings = json.loads((folder / "devcontainer.json").read_text())
    assert (folder / settings["build"]["dockerfile"]).is_file()
    assert f"USER {settings['remoteUser']}\n" in (folder / "Containerfile").read_text()
    options = [each.replace("${localWorkspaceFolder}/", "") for each in settings["runArgs"]]
    docker, podman = re.findall(r"^(?:docker|podman) run .*?^```", page, flags=re.MULTILINE | re.DOTALL)
    assert [each for each in options if f"{each} " not in docker] == []
    without_rights = options[:3]
    assert [each for each in without_rights if f"{each} " not in podman] == []
    assert "--security-opt=unmask=ALL " in podman
    assert not re.search(r"--privileged|cap-add|seccomp=unconfined", page)


def test_the_profile_of_the_container_leaves_what_the_sandbox_needs_and_no_other_rights():
    profile = json.loads((ROOT / ".devcontainer" / "seccomp.json").read_text())
    (rule,) = profile["syscalls"]
    assert (profile["defaultAction"], rule["action"]) == ("SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO")
    assert rule["names"] == sorted(set(rule["names"]))
    needed = {
        "clone",
        "clone3",
        "unshare",
        "setns",
        "mount",
        "umount2",
        "pivot_root",
        "sethostname",
        "seccomp",
    }
    assert needed.isdisjoint(rule["names"])
    forbidden = {"init_module", "kexec_load", "bpf", "ptrace", "keyctl", "settimeofday", "reboot", "swapon"}
    assert forbidden <= set(rule["names"])


def test_folders_whose_contents_git_ignores_say_what_appears_there():
    for folder in FOLDERS:
        assert len((ROOT / folder / "README.md").read_text()) > 100, folder


def markdown():
    """Return the text of each page that people read, by path."""
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *(ROOT / name / "README.md" for name in FOLDERS)]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted(pages)}


def test_the_readme_is_short_and_shows_pictures_that_say_what_they_show():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.split()) <= 700
    pictures = dict(re.findall(r"!\[(.+?)\]\((\S+)\)", text, flags=re.DOTALL))
    assert len(pictures) == 3
    for alt, path in pictures.items():
        assert len(alt) > 40
        assert (ROOT / path).stat().st_size <= 150_000, path
        with Image.open(ROOT / path) as picture:
            assert picture.width >= 800, path


def test_the_hint_that_a_picture_shows_is_one_that_its_exercise_gives():
    alt = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    (hint,) = re.findall(r'the hint "([^"]+)"', alt)
    (answer,) = (path for path in answers(ASSIGNMENT, EXERCISE, "wrong") if path.stem == MISTAKE)
    assert f"# Hint: {hint}\n" in answer.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", markdown())
def test_the_lines_of_a_page_wrap_at_one_width(name):
    """Rows of tables, code, formulas and titles stay whole, and so does an address longer than that."""
    whole = r"^```.*?^```$|^\$\$.*?\$\$$|^[|#].*?$"
    prose = re.sub(whole, "", markdown()[name], flags=re.MULTILINE | re.DOTALL)
    assert [line for line in prose.splitlines() if len(line) > WIDTH and " " in line.strip()] == []


def test_no_module_is_too_long_to_be_read_at_once():
    modules = [path for package in ("neurocourse", "examiner") for path in (ROOT / package).rglob("*.py")]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in modules}
    assert lengths
    assert {name: length for name, length in lengths.items() if length > 400} == {}
