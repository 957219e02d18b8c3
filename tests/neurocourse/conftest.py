"""A web server on loopback that behaves well or badly, and a course that knows no other recording."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
from scipy.io import savemat

from neurocourse import recordings, simulate


@pytest.fixture
def plain_environment(monkeypatch):
    """No setting of the course, and no proxy between a test and loopback."""
    for name in ("NEUROCOURSE_DATA", "NEUROCOURSE_DATA_DIR", "NEUROCOURSE_QUICK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(scope="session")
def rgc_file_content(tmp_path_factory):
    """Bytes of a file that is laid out like RGCdata.mat."""
    cells = [simulate.simulate_rgc(np.random.default_rng(99), cell) for cell in range(4)]
    path = tmp_path_factory.mktemp("recording") / "RGCdata.mat"
    variables = {
        "Stim": cells[0][0][:, np.newaxis],
        "SpCounts": np.stack([spikes for _, spikes in cells], axis=1).astype(np.uint8),
        "dtStim": np.array([[0.0083406]]),
    }
    savemat(path, variables, do_compression=True)
    return path.read_bytes()


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """The folder of downloads, empty, in place of the real one."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(recordings, "cache_dir", lambda: folder)
    return folder


class RecordingServer(ThreadingHTTPServer):
    """Serves `content`, once for each entry of `behaviours`; the last one goes on for ever."""

    daemon_threads = False  # so that closing waits for them

    def __init__(self, content):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.content = content
        self.behaviours = ["serve"]
        self.n_requests = 0
        self.released = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/download"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        behaviours = self.server.behaviours
        behaviour = behaviours[min(self.server.n_requests, len(behaviours) - 1)]
        self.server.n_requests += 1
        getattr(self, behaviour)(self.server.content)

    def serve(self, content):
        self.begin(content)
        self.wfile.write(content)

    def alter(self, content):
        self.serve(content[:-1] + bytes([content[-1] ^ 1]))

    def refuse(self, _):
        self.send_error(503)

    def break_off(self, content):
        self.begin(content)
        self.wfile.write(content[: len(content) // 2])

    def stall(self, content):
        self.break_off(content)
        self.server.released.wait()

    def say_nothing(self, _):
        self.server.released.wait()

    def begin(self, content):
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()

    def log_message(self, *_):
        """Keep quiet."""


@pytest.fixture
def server(rgc_file_content):
    """A `RecordingServer`, running; its threads and sockets are gone when the test ends."""
    with RecordingServer(rgc_file_content) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.released.set()
        running.shutdown()
        thread.join()


@pytest.fixture
def register(tmp_path, monkeypatch, rgc_file_content):
    """A function that makes RGCdata.mat at a URL the one recording that the course knows.

    It returns the hashes of its two known copies: the bytes ``another save``, and what the server has.
    """
    another = f"md5:{hashlib.md5(b'another save').hexdigest()}"
    served = f"sha256:{hashlib.sha256(rgc_file_content).hexdigest()}"
    entry = f"""
        [retinal_ganglion_cells]
        title = "retinal ganglion cells"
        contents = "made for a test"
        licence = "none"
        citation = "none"
        [[retinal_ganglion_cells.files]]
        name = "RGCdata.mat"
        loader = "load_rgc"
        copies = [{{ origin = "another save", hash = "{another}" }},
                  {{ origin = "loopback", hash = "{served}", url = "URL" }}]
    """

    def at(url):
        path = tmp_path / "registry.toml"
        path.write_text(entry.replace("URL", url))
        monkeypatch.setattr(recordings, "_REGISTRY", path)
        return another, served

    return at
