"""The student notebook opened where Colab opens it: its scientific stack, no checkout, nothing of ours.

The notebook installs `neurocourse` itself, from the wheel in the student repository. A server on loopback
stands in for GitHub.
"""

import json
import shutil

import nbformat
import pytest
from nbclient import NotebookClient

from examiner.publishing import figures
from tests.notebooks.elsewhere import COURSE, Published, make_environment, site_packages


@pytest.fixture(scope="session")
def colab_python(tmp_path_factory):
    """The Python of a fresh environment that holds Colab's stack, linked from this one, and no more."""
    return make_environment(tmp_path_factory.mktemp("colab"))


@pytest.fixture
def server(published, tmp_path):
    with Published(published, tmp_path / "served").served() as server:
        yield server


@pytest.fixture
def run_on_colab(colab_python, tmp_path, monkeypatch):
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
        "NO_PROXY": "127.0.0.1",
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

    yield run
    for path in site_packages(colab_python).glob("neurocourse*"):
        shutil.rmtree(path)


@pytest.fixture
def google_colab(colab_python):
    """A function that puts a stub of the module that only Colab has into the environment, or takes it out."""
    module = site_packages(colab_python) / "google" / "colab"

    def google_colab(*, is_there):
        if is_there:
            module.mkdir(parents=True, exist_ok=True)
            (module / "__init__.py").write_text("from google.colab import output\n")
            (module / "output.py").write_text("def enable_custom_widget_manager():\n    pass\n")
        else:
            shutil.rmtree(module.parent, ignore_errors=True)

    yield google_colab
    google_colab(is_there=False)


def _errors(cell):
    return [output.ename for output in cell.get("outputs", []) if output.output_type == "error"]


@pytest.mark.parametrize("name", [assignment.name for assignment in COURSE.assignments])
def test_a_student_notebook_installs_its_helper_module_and_runs(
    run_on_colab, colab_python, server, google_colab, name
):
    released = server.notebook(name)
    where = colab_python.parents[1]
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
        assert ("Installing neurocourse" in said) == (not already_there)
