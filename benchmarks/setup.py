"""Times how long a student waits for the first figure: the setup cell as it was, as it is, and run again.

    python -m benchmarks.setup [--python python3.13] [--versions colab | lowest | newest] [--folder FOLDER]
                               [--notebooks [NUMBER ...]] [--full] [--torch REQUIREMENT]

It makes an environment of Colab's versions (benchmarks/colab.txt), of the lowest that pyproject.toml promises
or of the newest, and serves the published files on loopback. So a network decides nothing, except for the
build tools that the earlier way downloads. With --notebooks it runs every notebook there, or those with these
numbers, solved and unfilled; with --full in full size, with live widgets. It says which versions that were
there before have changed. With --folder the environment is kept, and used again.
"""

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time
import tomllib
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from examiner.publishing.folder import checked_tree, write_folder
from examiner.publishing.release import solution
from tests.notebooks.elsewhere import COURSE, Published
from tests.notebooks.rehearsal import ROOT

COLAB = Path(__file__).with_name("colab.txt")
GITHUB = f"https://github.com/{COURSE.repository}"
CLONE = f'%pip install --quiet "git+{GITHUB}@{COURSE.branch}"\n'
FIRST = "02_poisson_glm"
EXPECTED = {"NotImplementedError", "NameError"}  # what an unfilled notebook says


def main():
    """Print a table of seconds, and one of notebooks if it was asked for."""
    options = _options()
    with contextlib.ExitStack() as stack:
        folder = Path(options.folder or stack.enter_context(tempfile.TemporaryDirectory())).resolve()
        python = _environment(folder / "env", options)
        passing = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        write_folder(checked_tree(COURSE), passing / "public")
        server = stack.enter_context(Published(passing / "public", passing / "served").served())
        _as_git_serves_it(passing / "public", passing / "git" / COURSE.repository)
        run = Kernel(python, passing)
        if options.notebooks is None:
            _time_the_ways(run, server)
        else:
            _run_notebooks(run, server, options)


def _options():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.setup")
    parser.add_argument("--python", default="python3.13")
    parser.add_argument("--versions", default="colab", choices=("colab", "lowest", "newest"))
    parser.add_argument("--torch", default="", help="a requirement, such as torch==2.13.0, for tutorial 5")
    parser.add_argument("--folder")
    parser.add_argument("--notebooks", nargs="*")
    parser.add_argument("--full", action="store_true")
    return parser.parse_args()


def _environment(folder, options):
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([options.python, "-m", "venv", folder], check=True)
        pip = [python, "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, *_wanted(options.versions), *options.torch.split()], check=True)
    subprocess.run([python, "-m", "pip", "uninstall", "--quiet", "--yes", "neurocourse"], check=True)
    return python


def _wanted(versions):
    """Return what pip is to install: a file of versions, or what pyproject.toml names, and a kernel."""
    if versions == "colab":
        return ["--requirement", str(COLAB)]
    named = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    named = [requirement for requirement in named if not requirement.startswith("torch")]
    if versions == "lowest":
        named = [requirement.replace(">=", "==") for requirement in named]
    return [*named, "ipykernel"]


def _as_git_serves_it(published, repository):
    shutil.copytree(published, repository)
    who = ["-c", "user.name=course", "-c", "user.email=course@example.org"]
    for command in (["init", "-qb", COURSE.branch], ["add", "."], [*who, "commit", "-qm", "Publish"]):
        subprocess.run(["git", *command], cwd=repository, check=True)


def _versions(python):
    command = [python, "-m", "pip", "list", "--format=freeze"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return {line for line in lines if not line.startswith("neurocourse==")}


def _changed(before, run):
    return sorted(_versions(run.python) - before) or "none"


class Kernel:
    """Runs notebooks with an environment's Python, each with a home of its own, as on a fresh machine."""

    def __init__(self, python, folder):
        self.python, self.folder = python, folder
        kernels = folder / "jupyter" / "kernels" / "elsewhere"
        kernels.mkdir(parents=True)
        command = [str(python), "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        (kernels / "kernel.json").write_text(
            json.dumps({"argv": command, "display_name": "elsewhere", "language": "python"})
        )

    def settings(self, home):
        """Return the environment of a kernel."""
        return {
            "JUPYTER_PATH": str(self.folder / "jupyter"),
            "HOME": home,
            "IPYTHONDIR": f"{home}/ipython",
            "NEUROCOURSE_DATA": "simulated",
            "NO_PROXY": "127.0.0.1",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.file://{self.folder}/git/.insteadOf",
            "GIT_CONFIG_VALUE_0": "https://github.com/",
        }

    def run(self, notebook, **settings):
        """Run a notebook to its end; return the seconds from the click to the end of each cell, by its id."""
        ended = {}
        with tempfile.TemporaryDirectory() as home, _environment_of(self.settings(home) | settings):
            begun = time.perf_counter()
            client = NotebookClient(
                notebook, kernel_name="elsewhere", allow_errors=True, timeout=600,
                extra_arguments=["--log-level=40"], resources={"metadata": {"path": home}},
                on_cell_executed=lambda cell, **_: ended.setdefault(cell.id, time.perf_counter() - begun),
                on_cell_start=lambda cell, **_: ended.setdefault("kernel", time.perf_counter() - begun),
            )  # fmt: skip
            with contextlib.suppress(CellExecutionError):
                client.execute()
        return ended


@contextlib.contextmanager
def _environment_of(settings):
    kept = dict(os.environ)
    os.environ.update(settings)
    os.environ.pop("PYTHONPATH", None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def _time_the_ways(run, server):
    print(
        f"{'way':34}{'kernel (s)':>11}{'setup cell (s)':>16}{'first figure (s)':>18}  changed versions",
        flush=True,
    )
    ways = {"clone and build, as it was": True, "wheel": False, "already installed": False}
    for way, clones in ways.items():
        if way != "already installed":
            command = [run.python, "-m", "pip", "uninstall", "--quiet", "--yes", "neurocourse"]
            subprocess.run(command, check=True)
        before = _versions(run.python)
        notebook = _to_the_first_figure(server.notebook(FIRST))
        if clones:
            setup = next(cell for cell in notebook.cells if cell.id == "setup")
            setup.source = CLONE + setup.source.partition("installed.check_needs()\n")[2]
        ended = run.run(notebook)
        assert _shows_a_figure(notebook.cells[-1]), notebook.cells[-1]
        first = ended[notebook.cells[-1].id]
        print(
            f"{way:34}{ended['kernel']:11.1f}{ended['setup'] - ended['kernel']:16.1f}{first:18.1f}"
            f"  {_changed(before, run)}",
            flush=True,
        )


def _to_the_first_figure(notebook):
    """Return a notebook up to the first cell that draws."""
    place = next(place for place, cell in enumerate(notebook.cells) if "plots.plot_" in cell.source)
    notebook.cells = notebook.cells[: place + 1]
    return notebook


def _shows_a_figure(cell):
    return any("image/png" in output.get("data", {}) for output in cell.outputs)


def _run_notebooks(run, server, options):
    before = _versions(run.python)
    there = {line.partition("==")[0] for line in before}
    quick = str(int(not options.full))
    print(f"{'notebook':24}{'':10}{'seconds':>9}  errors")
    for assignment in COURSE.assignments:
        if options.notebooks and assignment.name[:2] not in options.notebooks:
            continue
        if assignment.name.startswith("05") and "torch" not in there:
            print(f"{assignment.name:34}{'':9}  not run: no torch here")
            continue
        solved = solution(COURSE, assignment)
        for cell in solved.cells:
            cell.source = server.at_loopback(cell.source)
        for kind, notebook in {"solved": solved, "unfilled": server.notebook(assignment.name)}.items():
            begun = time.perf_counter()
            run.run(notebook, NEUROCOURSE_QUICK=quick)
            errors = _errors(notebook, set() if kind == "solved" else EXPECTED)
            print(
                f"{assignment.name:24}{kind:10}{time.perf_counter() - begun:9.1f}  {errors or 'none'}",
                flush=True,
            )
    print(f"changed versions: {_changed(before, run)}")


def _errors(notebook, expected):
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    errors = [
        f"{o.ename}: {o.evalue}" for o in outputs if o.output_type == "error" and o.ename not in expected
    ]
    warned = [o.text[:300] for o in outputs if o.output_type == "stream" and o.name == "stderr"]
    return errors + warned


if __name__ == "__main__":
    main()
