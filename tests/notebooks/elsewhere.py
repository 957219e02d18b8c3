"""Where students open a notebook: an environment without a checkout, and the published files on loopback."""

import contextlib
import functools
import importlib.metadata
import re
import shutil
import threading
import venv
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import nbformat

from examiner.course.facts import read_course
from examiner.course.launch import published_path, raw_address
from examiner.publishing.wheel import NEWEST_WHEEL
from tests.notebooks.rehearsal import ROOT

COURSE = read_course(ROOT)
COLAB_STACK = (
    "numpy",
    "scipy",
    "matplotlib",
    "scikit-learn",
    "torch",
    "ipywidgets",
    "ipykernel",
    "tqdm",
    "pooch",
)
_INSTALLING = ("pip", "setuptools", "wheel")


def make_environment(folder, names=COLAB_STACK):
    """Make an environment that holds these packages, linked from this one, and pip; return its Python.

    What they depend on is there, too, and nothing of the course.
    """
    venv.create(folder / "env")
    stack = folder / "stack"
    stack.mkdir()
    for distribution in _with_dependencies([*names, *_INSTALLING]).values():
        tops = {file.parts[0] for file in distribution.files} - {"..", "__pycache__"}
        for top in tops:
            if not (stack / top).exists():
                (stack / top).symlink_to(distribution.locate_file(top))
    site_packages(folder / "env" / "bin" / "python").joinpath("colab.pth").write_text(f"{stack}\n")
    return folder / "env" / "bin" / "python"


def site_packages(python):
    """Return the folder into which an environment's pip installs."""
    (found,) = python.parents[1].glob("lib/python*/site-packages")
    return found


def _with_dependencies(names):
    found = {}
    while names:
        name = names.pop()
        if name in found or not _is_installed(name):
            continue
        found[name] = importlib.metadata.distribution(name)
        requirements = [text for text in found[name].requires or [] if "extra ==" not in text]
        names += [re.match(r"[\w.-]+", requirement)[0] for requirement in requirements]
    return found


def _is_installed(name):
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


class Published:
    """The student repository, served on loopback in place of its address on GitHub."""

    def __init__(self, published, folder):
        self.folder = shutil.copytree(published, folder)
        self.asked = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, self))
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        newest = self.folder / NEWEST_WHEEL
        newest.write_text(self.at_loopback(newest.read_text()))

    @property
    def wheel(self):
        """The wheel's path."""
        (found,) = (self.folder / NEWEST_WHEEL).parent.glob("*.whl")
        return found

    @property
    def about(self):
        """The folder by which pip knows the wheel where it is installed, its version in it."""
        return f"{self.wheel.name.removesuffix('-py3-none-any.whl')}.dist-info"

    def at_loopback(self, text):
        """Return a text with this server's address in place of GitHub's."""
        return text.replace(raw_address(COURSE, "").rstrip("/"), self.address)

    def notebook(self, name):
        """Return the published notebook of an assignment, which asks this server."""
        text = (self.folder / published_path(COURSE.assignment(name))).read_text(encoding="utf-8")
        return nbformat.reads(self.at_loopback(text), 4)

    @contextlib.contextmanager
    def served(self):
        """Answer requests, and keep what was asked for in `asked`."""
        answering = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        answering.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            answering.join()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, published, *arguments):
        self._published = published
        super().__init__(*arguments, directory=published.folder)

    def log_request(self, code="-", size="-"):
        self._published.asked.append(self.path.lstrip("/"))

    def log_message(self, *arguments):
        pass
