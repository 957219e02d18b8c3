"""The student notebook opened where Colab opens it: its scientific stack, no checkout, nothing of ours.

The notebook installs `neurocourse` itself, from the student repository. Git is told to find that repository,
which the notebook names by its address on GitHub, in a folder of this machine.
"""

import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from examiner.course.facts import read_course
from examiner.course.launch import published_path
from examiner.publishing import figures
from tests.notebooks.rehearsal import ROOT

COLAB_STACK = ["numpy", "scipy", "matplotlib", "scikit-learn", "torch", "ipywidgets", "ipykernel", "tqdm"]
COURSE = read_course(ROOT)


def _with_dependencies(names):
    found = {}
    while names:
        name = names.pop()
        if name in found:
            continue
        found[name] = importlib.metadata.distribution(name)
        for requirement in found[name].requires or []:
            if "extra ==" not in requirement:
                needed = re.match(r"[\w.-]+", requirement)[0]
                names += [needed] if _is_installed(needed) else []
    return found


def _is_installed(name):
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


@pytest.fixture(scope="session")
def colab_python(tmp_path_factory):
    """The Python of a fresh environment that holds Colab's stack, linked from this one, and no more."""
    folder = tmp_path_factory.mktemp("colab")
    venv.create(folder / "env", with_pip=True)
    stack = folder / "stack"
    stack.mkdir()
    for distribution in _with_dependencies(list(COLAB_STACK)).values():
        for top in {
            file.parts[0] for file in distribution.files if file.parts[0] not in ("..", "__pycache__")
        }:
            if not (stack / top).exists():
                (stack / top).symlink_to(distribution.locate_file(top))
    (site_packages,) = (folder / "env").glob("lib/python*/site-packages")
    (site_packages / "colab.pth").write_text(f"{stack}\n")
    return folder / "env" / "bin" / "python"


@pytest.fixture(scope="session")
def student_repository(published, tmp_path_factory):
    """The student repository as git serves it."""
    folder = shutil.copytree(published, tmp_path_factory.mktemp("student") / "repository")
    identity = ["-c", "user.name=course", "-c", "user.email=course@example.org"]
    for command in (
        ["init", "-q", "-b", COURSE.branch],
        ["add", "."],
        [*identity, "commit", "-qm", "Publish"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


@pytest.fixture
def run_on_colab(colab_python, student_repository, tmp_path, monkeypatch):
    kernels = tmp_path / "jupyter" / "kernels" / "colab"
    kernels.mkdir(parents=True)
    command = [str(colab_python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernels / "kernel.json").write_text(
        json.dumps({"argv": command, "display_name": "Colab", "language": "python"})
    )
    settings = {
        "JUPYTER_PATH": str(tmp_path / "jupyter"),
        "HOME": str(tmp_path),
        "NEUROCOURSE_DATA": "simulated",
        "NEUROCOURSE_QUICK": "1",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.file://{student_repository}.insteadOf",
        "GIT_CONFIG_VALUE_0": f"https://github.com/{COURSE.repository}",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PYTHONPATH", raising=False)

    def run(notebook):
        client = NotebookClient(
            notebook, kernel_name="colab", allow_errors=True, timeout=300, extra_arguments=["--log-level=40"],
            resources={"metadata": {"path": str(tmp_path)}},
        )  # fmt: skip
        return client.execute()

    return run


@pytest.fixture
def google_colab(colab_python):
    """A function that puts a stub of the module that only Colab has into the environment, or takes it out."""
    (site_packages,) = Path(colab_python).parents[1].glob("lib/python*/site-packages")
    module = site_packages / "google" / "colab"

    def google_colab(*, is_there):
        if is_there:
            module.mkdir(parents=True, exist_ok=True)
            (module / "__init__.py").write_text("from google.colab import output\n")
            (module / "output.py").write_text("def enable_custom_widget_manager():\n    pass\n")
        else:
            shutil.rmtree(module.parent, ignore_errors=True)

    yield google_colab
    google_colab(is_there=False)


def _pip_can_reach_an_index():
    command = [sys.executable, "-m", "pip", "index", "versions", "setuptools", "--retries", "0"]
    return subprocess.run(command, capture_output=True).returncode == 0


def _errors(cell):
    return [output.ename for output in cell.get("outputs", []) if output.output_type == "error"]


@pytest.mark.parametrize("name", [assignment.name for assignment in COURSE.assignments])
def test_a_student_notebook_installs_its_helper_module_and_runs(
    run_on_colab, colab_python, student_repository, google_colab, name
):
    if not _pip_can_reach_an_index():
        assert not os.environ.get("CI"), "continuous integration needs a package index"
        pytest.skip("pip reaches no package index")
    released = nbformat.read(student_repository / published_path(COURSE.assignment(name)), 4)
    where = Path(colab_python).parents[1]
    released.cells.append(nbformat.v4.new_code_cell("import neurocourse\n\nprint(neurocourse.__file__)"))
    asked = [figures.asked_for(cell.source) for cell in released.cells]
    count = f"print([len(plots.expected_figures(name)) for name in {list(filter(None, asked))}])"
    released.cells.append(nbformat.v4.new_code_cell(count))
    for already_there in (False, True):
        google_colab(is_there=already_there)
        cells = run_on_colab(released).cells
        by_id = {cell.id: cell for cell in cells}
        assert _errors(by_id["setup"]) == []
        assert str(where) in cells[-2].outputs[0].text
        assert "0" not in cells[-1].outputs[0].text, "an expected figure was not installed"
        assert {e for cell in cells for e in _errors(cell)} <= {"NotImplementedError", "NameError"}
    said = " ".join(output.get("text", "") for output in by_id["setup"].outputs)
    assert "restart the kernel" not in said, "it installed again"
