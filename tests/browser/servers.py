"""A Jupyter server of the tests' own, on a port that is free, with folders of its own."""

import contextlib
import os
import queue
import re
import subprocess
import sys
import threading
from pathlib import Path

from tests.browser.jupyterlab import read_log, wait_until_it_listens
from tests.examiner.conftest import ROOT

SECONDS = 60
_URL = re.compile(r"http://127\.0\.0\.1:\d+/")


@contextlib.contextmanager
def running_server(folder, home, *options, token=""):
    """Start a Jupyter server on a course, give its address, and end it."""
    with started_server(folder, home, *options, token=token) as (_, address):
        yield address


@contextlib.contextmanager
def started_server(folder, home, *options, token=""):
    """Start a Jupyter server on a course, give its process and its address, and end it if it still runs."""
    command = [
        sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root", "--ip=127.0.0.1",
        "--port=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}", *options,
    ]  # fmt: skip
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    places = {f"JUPYTER_{kind}_DIR": str(home / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(home), **places}
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    ) as server:
        found, log = queue.Queue(), []
        reader = threading.Thread(target=read_log, args=(server.stderr, _URL, found, log))
        reader.start()
        try:
            address = found.get(timeout=5 * SECONDS)
            assert address, "".join(log)
            wait_until_it_listens(server, address)
            yield server, address
        finally:
            server.terminate()
            server.wait(SECONDS)
            reader.join()
