"""The first cell of a notebook, run by IPython in an environment of its own, against a server on loopback."""

import os
import re
import shutil
import subprocess
from urllib.parse import quote

import pytest

from examiner.publishing.wheel import NEWEST_WHEEL, build_wheel
from tests.notebooks.elsewhere import COURSE, Published, make_environment, site_packages

NAMES = [assignment.name for assignment in COURSE.assignments]
INSTALLING = "Installing neurocourse, the course's helper module. Nothing else is changed.\n"
NOT_INSTALLED = (
    "neurocourse could not be installed. Check that you are online (in Kaggle, switch Internet on), "
    "restart the kernel, and run this cell again.\n"
)
WHERE = "import neurocourse\nprint(neurocourse.__file__)"


def setup_cell(notebook):
    (found,) = [cell.source for cell in notebook.cells if cell.id == "setup"]
    head, end, _ = found.partition("installed.check_needs()\n")
    assert end
    return head + end


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """An environment with little more than IPython and pip: the cell must do with it."""
    return make_environment(tmp_path_factory.mktemp("elsewhere"), ("ipykernel", "packaging"))


@pytest.fixture
def server(published, tmp_path):
    with Published(published, tmp_path / "served").served() as server:
        yield server


@pytest.fixture
def run(python, server, tmp_path):
    """A function that runs the first cell, and then more code, in a session of its own."""
    cell = setup_cell(server.notebook("02_poisson_glm")).replace("installed.check_needs()\n", "")
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
    own |= {
        "HOME": str(tmp_path), "IPYTHONDIR": str(tmp_path / "ipython"), "NO_PROXY": "127.0.0.1",
        "PYTHONUNBUFFERED": "1",
        "PIP_RETRIES": "0", "PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "false",
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_VALUE_0": "https://github.com/",
        "GIT_CONFIG_KEY_0": f"url.file://{tmp_path}/git/.insteadOf",
    }  # fmt: skip

    def run(then=WHERE, **settings):
        (tmp_path / "cell.ipy").write_text(f"{cell}\n{then}\n")
        command = [python, "-m", "IPython", "--no-banner", "--no-term-title", "--colors=NoColor", "cell.ipy"]
        done = subprocess.run(
            command, cwd=tmp_path, env=own | settings, timeout=120,
            text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return done.stdout

    yield run
    for path in site_packages(python).glob("neurocourse*"):
        shutil.rmtree(path)


def about(python):
    """Return the name of the folder by which pip knows what is installed, its version in it."""
    (found,) = site_packages(python).glob("neurocourse-*.dist-info")
    return found.name


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*.*")
        if path.is_file()
    }


def test_every_notebook_begins_with_the_same_lines(published, tmp_path):
    server = Published(published, tmp_path / "served")
    with server.served():
        assert len({setup_cell(server.notebook(name)) for name in NAMES}) == 1


def test_the_cell_installs_the_helper_module_alone_from_the_wheel_and_says_so(run, server, python):
    def others():
        return {path.name for path in site_packages(python).iterdir() if "neurocourse" not in path.name}

    before = others()
    module = site_packages(python) / "neurocourse"
    assert run() == f"{INSTALLING}{module}/__init__.py\n"
    assert server.asked == [NEWEST_WHEEL, f"wheel/{quote(server.wheel.name)}"]
    assert others() == before
    published = contents(server.folder / "neurocourse")
    assert len(published) > 50
    assert {p: c for p, c in contents(module).items() if not p.endswith(".pyc")} == published


def test_the_cell_takes_no_name_of_a_command_that_students_type_without_its_sign(run):
    assert run("_ = get_ipython().run_cell('pip --version')").startswith(f"{INSTALLING}pip ")


def test_where_the_newest_is_installed_nothing_is_said_or_installed(run, server):
    run()
    server.asked.clear()
    assert INSTALLING not in run()
    assert server.asked == [NEWEST_WHEEL]


def test_an_older_version_makes_room_for_the_newest_even_in_a_session_that_has_loaded_it(run, server, python):
    project = {
        "name": "neurocourse", "version": "0.1.0", "description": "Old.", "license": "BSD-3-Clause",
        "requires-python": ">=3.11", "dependencies": [],
    }  # fmt: skip
    installed = (server.folder / "neurocourse" / "installed.py").read_bytes()
    old = build_wheel(
        project, {"neurocourse/__init__.py": b"old = True\n", "neurocourse/installed.py": installed}, {}
    )
    (server.folder / old.file_name).write_bytes(old.content)
    command = [python, "-m", "pip", "install", "-qq", "--no-deps", server.folder / old.file_name]
    subprocess.run(command, check=True, timeout=60)
    assert run("import neurocourse\nprint(hasattr(neurocourse, 'old'))") == f"{INSTALLING}False\n"
    assert about(python) == server.about


def test_without_a_network_an_installed_version_is_good_enough(run, server):
    run()
    (server.folder / NEWEST_WHEEL).unlink()
    assert INSTALLING not in run()


def test_a_checkout_is_left_alone_and_nothing_is_asked(run, server, tmp_path):
    shutil.copytree(server.folder / "neurocourse", tmp_path / "checkout" / "neurocourse")
    assert run(PYTHONPATH=str(tmp_path / "checkout")) == f"{tmp_path}/checkout/neurocourse/__init__.py\n"
    assert server.asked == []


def test_an_editable_install_is_left_alone_and_nothing_is_asked(run, server, python):
    command = [
        python,
        "-m",
        "pip",
        "install",
        "-qq",
        "--no-deps",
        "--no-build-isolation",
        "--editable",
        server.folder,
    ]
    subprocess.run(command, check=True, timeout=60)
    try:
        assert run() == f"{server.folder}/neurocourse/__init__.py\n"
        assert server.asked == []
    finally:
        for path in site_packages(python).glob("__editable__*"):
            path.unlink()


def as_git_serves_it(folder, repository):
    shutil.copytree(folder, repository)
    who = ["-c", "user.name=course", "-c", "user.email=course@example.org"]
    for command in (["init", "-qb", COURSE.branch], ["add", "."], [*who, "commit", "-qm", "Publish"]):
        subprocess.run(["git", *command], cwd=repository, check=True)


@pytest.mark.parametrize("trouble", ["missing", "not what was published"])
def test_without_its_wheel_it_comes_from_git_in_the_same_version(run, server, python, tmp_path, trouble):
    as_git_serves_it(server.folder, tmp_path / "git" / COURSE.repository)
    expected = server.about
    if trouble == "missing":
        server.wheel.unlink()
    else:
        server.wheel.write_bytes(server.wheel.read_bytes().replace(b"neurocourse", b"neurocurse_", 1))
    said = run()
    assert said.startswith(INSTALLING)
    assert said.endswith(f"{site_packages(python)}/neurocourse/__init__.py\n")
    assert ("HTTP error 404" if trouble == "missing" else "DO NOT MATCH THE HASHES") in said
    assert about(python) == expected


def test_if_it_cannot_be_had_at_all_a_sentence_says_what_to_do(run, server):
    (server.folder / NEWEST_WHEEL).unlink()
    said = run()
    assert said.startswith(INSTALLING)
    assert NOT_INSTALLED in said
    assert re.search("ERROR: .*404", said)
    assert "No module named 'neurocourse'" in said
