"""Runs the code cells of a source notebook, solutions included, and gives the variables they leave.

One IPython shell in this process, no kernel: fast enough to run a tutorial once for each of several seeds.
"""

import contextlib
import json
import tempfile
import types
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "source"


def run_solved(path):
    """Return the namespace that the notebook at `path`, relative to ``source/``, leaves when it is run.

    Figures, widgets and prints are captured and dropped. An error in a cell is raised here.
    """
    from IPython.utils.capture import capture_output

    cells = json.loads((SOURCE / path).read_text(encoding="utf-8"))["cells"]
    with tempfile.TemporaryDirectory() as folder, open_shell(folder) as shell:
        for cell in cells:
            if cell["cell_type"] == "code":
                with capture_output():
                    shell.run_cell("".join(cell["source"])).raise_error()
        return dict(shell.user_ns)


def run_with(patch, path, **environment):
    """Run as `run_solved` does; a `pytest.MonkeyPatch` sets these of the course's variables and no others.

    Figures are drawn in quick mode alone: in full size, with several seeds, they would take most of the time.
    """
    patch.setenv("NEUROCOURSE_DRAW", "1" if "NEUROCOURSE_QUICK" in environment else "0")
    for name in ("NEUROCOURSE_DATA", "NEUROCOURSE_DATA_DIR", "NEUROCOURSE_QUICK"):
        patch.delenv(name, raising=False)
    for name, value in environment.items():
        patch.setenv(name, value)
    return run_solved(path)


@contextlib.contextmanager
def open_shell(folder):
    """Give an IPython shell that keeps its files in `folder` and draws without a screen."""
    import matplotlib
    import matplotlib.pyplot as plt
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    InteractiveShell.clear_instance()
    config = Config({"HistoryManager": {"enabled": False}})
    module = types.ModuleType("tutorial")  # by default the shell would replace this process's __main__
    shell = InteractiveShell.instance(config=config, ipython_dir=folder, user_module=module)
    with matplotlib.rc_context({"backend": "agg"}):
        try:
            yield shell
        finally:
            plt.close("all")
            type(shell).clear_instance()
