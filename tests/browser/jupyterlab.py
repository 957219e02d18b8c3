"""A JupyterLab of the tests' own, and a notebook opened in it, driven by Lab's commands as its menus are.

The server has its own port, token, folders and settings, and ends with all of its kernels.
"""

import contextlib
import json
import os
import queue
import re
import socket
import subprocess
import sys
import threading
from urllib.parse import urlsplit

import psutil

SECONDS = 60
# Written above a cell's text: quick mode, in which the server runs, shows lines for cards, no live widgets.
LIVE = "import os\n\nos.environ['NEUROCOURSE_QUICK'] = '0'\n\n"
_URL = re.compile(r"http://127\.0\.0\.1:\d+/(?:lab|tree)\?token=\w+")
_OFF = ["@jupyterlab/extensionmanager-extension", "@jupyterlab/apputils-extension:announcements"]
# Cells out of sight are drawn, too, so that the page holds what a student would see by scrolling.
_SETTINGS = {"notebook-extension/tracker": {"windowingMode": "none"}}
_IN_SIGHT = ".jp-NotebookPanel:not(.lm-mod-hidden)"
_ERRORS = ":is([data-mime-type$='jupyter.error'], [data-mime-type$='jupyter.stderr'])"


@contextlib.contextmanager
def running_lab(folder, program="jupyterlab"):
    """Start JupyterLab, or Notebook 7, on `folder`, give its address, and end it with all its processes."""
    command = [
        sys.executable, "-m", program, "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0",
        "--expose-app-in-browser", f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    environment = _environment(folder / ".jupyter")
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    ) as server:
        found, log = queue.Queue(), []
        reader = threading.Thread(target=read_log, args=(server.stderr, _URL, found, log))
        reader.start()
        try:
            address = found.get(timeout=SECONDS)
            assert address, "".join(log)
            wait_until_it_listens(server, address)
            yield address
        finally:
            kernels = psutil.Process(server.pid).children(recursive=True)
            server.terminate()
            server.wait(SECONDS)
            _, left = psutil.wait_procs(kernels, timeout=SECONDS)
            reader.join()
    assert left == [], f"{program} left processes behind"


def wait_until_it_listens(server, address):
    """Return once a server takes connections: it tells its address a moment before it does."""
    place = urlsplit(address)
    for _ in range(10 * SECONDS):
        with contextlib.suppress(OSError), socket.create_connection((place.hostname, place.port), 1):
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"the server ended with {server.wait(0.1)} before it listened")
    raise AssertionError(f"nothing listens at {address}")


def _environment(folder):
    """Return an environment in which Jupyter reads and writes only in `folder`, and data are simulated."""
    files = {"config/labconfig/page_config.json": {"disabledExtensions": dict.fromkeys(_OFF, True)}}
    for name, settings in _SETTINGS.items():
        files[f"settings/@jupyterlab/{name}.jupyterlab-settings"] = settings
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content))
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")},
        "HOME": str(folder),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "NEUROCOURSE_DATA": "simulated",
        "NEUROCOURSE_QUICK": "1",
    }


def read_log(lines, url, found, log):
    """Read a server's log to its end, so that it never waits for a reader; hand on its address."""
    for line in lines:
        log.append(line)
        if address := url.search(line):
            found.put(address[0])
    found.put(None)


class Notebook:
    """A notebook that is open in Lab, in a page of the browser."""

    def __init__(self, page, path, assignment):
        self.page, self.assignment = page, assignment
        self._run(
            """async path => {
                await app.restored;
                const panel = await app.commands.execute("docmanager:open", {path, factory: "Notebook"});
                await panel.revealed;
                await panel.sessionContext.ready;
                await panel.sessionContext.session.kernel.info;
            }""",
            path,
        )

    def _run(self, function, argument=None):
        """Return what a function gives in the page, where `app` is Lab; one that hangs is an error."""
        in_time = f"""argument => {{
            const app = window.jupyterapp;
            const late = fail => fail(new Error("no answer in {SECONDS} s"));
            const patience = new Promise((_, fail) => setTimeout(late, {SECONDS}000, fail));
            return Promise.race([({function})(argument), patience]);
        }}"""
        return self.page.evaluate(in_time, argument)

    def command(self, name):
        """Run a command of Lab's menus to its end."""
        self._run("name => app.commands.execute(name).then(() => null)", name)

    def restart_and_run_all(self):
        """Choose this in the menu and say yes."""
        self._run("() => { window.finished = app.commands.execute('notebook:restart-run-all'); }")
        self.page.get_by_role("button", name="Confirm Kernel Restart").click()
        self._run("() => window.finished.then(() => null)")

    def run_each(self):
        """Run the cells one after the other, whatever those before them said."""
        self._run(
            """async () => {
                const notebook = app.shell.currentWidget.content;
                for (const [place, cell] of notebook.widgets.entries()) {
                    if (cell.model.type !== "code") continue;
                    notebook.activeCellIndex = place;
                    await app.commands.execute("notebook:run-cell");
                }
            }"""
        )

    def go_to(self, cell_id):
        """Make a cell the active one and scroll to it."""
        self._run(
            """id => {
                const notebook = app.shell.currentWidget.content;
                notebook.activeCellIndex = notebook.widgets.findIndex(cell => cell.model.id === id);
                notebook.activeCell.node.scrollIntoView();
            }""",
            cell_id,
        )

    def write(self, cell_id, source):
        """Replace the text of a cell."""
        self.go_to(cell_id)
        self._run(
            "source => app.shell.currentWidget.content.activeCell.model.sharedModel.setSource(source)", source
        )

    def run(self, cell_id):
        """Run a cell and return the part of the page that holds its outputs."""
        self.go_to(cell_id)
        self.command("notebook:run-cell")
        return self.page.locator(f"{_IN_SIGHT} .jp-Cell.jp-mod-active .jp-OutputArea")

    def errors(self):
        """Return the text of every error and warning that the notebook shows."""
        return self.page.locator(f"{_IN_SIGHT} {_ERRORS}").all_text_contents()

    def figures(self):
        """Return the figures that the notebook shows."""
        return self.page.locator(f"{_IN_SIGHT} .jp-OutputArea img")

    def close(self):
        """Close the notebook without saving it, and end its kernel."""
        self._run(
            """async () => {
                const panel = app.shell.currentWidget;
                await panel.sessionContext.shutdown();
                await panel.context.revert();
                panel.dispose();
            }"""
        )
