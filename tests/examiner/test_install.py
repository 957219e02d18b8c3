"""What `make` installs and from where, by its own recipes, with indexes on this machine's loopback."""

import functools
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import venv
import zipfile
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from examiner import install
from tests.examiner.conftest import ROOT

SAID = """Collecting numpy==2.4.6
  Downloading numpy-2.4.6-cp311-cp311-manylinux_2_27_x86_64.whl (16.9 MB)
Collecting tqdm==4.70.1
  Using cached tqdm-4.70.1-py3-none-any.whl (78 kB)
  Downloading idna-3.20-py3-none-any.whl (500 kB)
"""


def write_wheel(folder, name, version, needs=()):
    """Write an empty package into a folder of an index, and its page."""
    told = f"{name}-{version}.dist-info"
    files = {
        f"{told}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        + "".join(f"Requires-Dist: {need}\n" for need in needs),
        f"{told}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{told}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{told}/RECORD"])
    path = folder / name / f"{name}-{version}-py3-none-any.whl"
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w") as wheel:
        for inner, text in files.items():
            wheel.writestr(inner, text)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    page = f'<a href="{path.name.replace("+", "%2B")}#sha256={digest}">{path.name}</a>'
    (path.parent / "index.html").write_text(page)


@pytest.fixture(scope="module")
def indexes(tmp_path_factory):
    """The address of a server with a `cpu` index and a `pypi` index, and the paths that it was asked for."""
    folder, asked = tmp_path_factory.mktemp("indexes"), []
    write_wheel(folder / "cpu", "torch", "2.13.0+cpu", ["driver"])
    write_wheel(folder / "pypi", "torch", "2.13.0", ["driver"])
    write_wheel(folder / "pypi", "driver", "1.0")

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            asked.append(self.path)

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def make(indexes, tmp_path_factory):
    """A function that runs `make` in a checkout whose environment holds nothing but pip."""
    folder, (address, _) = tmp_path_factory.mktemp("with space é") / "course", indexes
    (folder / "examiner").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-torch.lock"):
        shutil.copy(ROOT / name, folder)
    shutil.copy(install.__file__, folder / "examiner")
    venv.create(folder / ".venv", with_pip=True)
    (folder / ".venv" / "installed").touch()
    settings = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": f"{address}/pypi", "PIP_RETRIES": "0"}
    begun_by = ("PIP_", "MAKE", "MFLAGS")  # as where `make test` runs this
    outside = {name: value for name, value in os.environ.items() if not name.startswith(begun_by)}

    def make(*arguments):
        return subprocess.run(
            ["make", "--no-print-directory", *arguments],
            cwd=folder, env={**outside, **settings}, capture_output=True, text=True, timeout=300,
        )  # fmt: skip

    make.folder = folder
    return make


def versions(folder):
    found = (folder / ".venv").rglob("*.dist-info")
    named = (path.name.removesuffix(".dist-info") for path in found if "pip" not in path.name)
    return sorted(name for name in named if not name.startswith("setuptools"))


def test_torch_comes_without_cuda_by_default_and_with_it_by_a_word(make, indexes):
    address, asked = indexes
    out_of_reach = make("torch", f"TORCH_INDEX={address}/nowhere")
    assert out_of_reach.returncode != 0
    assert (
        "PyTorch was not installed. If its index is out of reach here, name a mirror" in out_of_reach.stdout
    )
    assert "(make torch TORCH=cuda)" in out_of_reach.stdout
    assert versions(make.folder) == []

    done = make("torch", f"TORCH_INDEX={address}/cpu")
    assert done.returncode == 0, done.stderr
    assert versions(make.folder) == ["torch-2.13.0+cpu"]
    assert [path for path in asked if path.startswith("/pypi")] == []
    assert make("torch").stdout == "make: Nothing to be done for 'torch'.\n"

    done = make("torch", "TORCH=cuda")
    assert done.returncode == 0, done.stderr
    assert versions(make.folder) == ["driver-1.0", "torch-2.13.0"]

    typo = make("torch", "TORCH=gpu")
    assert typo.returncode != 0
    assert typo.stdout == "TORCH=gpu is no build of PyTorch: choose TORCH=cpu or TORCH=cuda\n"


NEED_TORCH = {"test": "", "grade": "ASSIGNMENT=2", "site": "", "solutions": "", "demo": "ASSIGNMENT=5"}
DO_NOT = {"demo": "", "lint": "", "release": "", "publish": "", "solutions": "ASSIGNMENT=4", "doctor": ""}


@pytest.mark.parametrize("targets", [NEED_TORCH, DO_NOT], ids=["need torch", "do not"])
def test_torch_is_installed_only_for_what_uses_it(targets, tmp_path):
    needs = {
        f"{target} {told}": "Installing PyTorch"
        in subprocess.run(
            ["make", "-n", target, *told.split(), f"VENV={tmp_path}"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout
        for target, told in targets.items()
    }  # fmt: skip
    assert needs == dict.fromkeys(needs, targets is NEED_TORCH)


def test_progress_says_what_was_found_and_downloaded(monkeypatch):
    progress = install.Progress()
    assert str(progress) == "  0 s: Starting"
    progress.read(SAID.splitlines())
    told = "  0 s, 2 packages found, 17 MB downloaded: Downloading idna-3.20-py3-none-any.whl (500 kB)"
    assert str(progress) == told
    monkeypatch.setattr(install, "count_installed", lambda: 7)
    progress.take("Installing collected packages: numpy, tqdm")
    assert str(progress) == "  0 s, 2 packages found, 17 MB downloaded: 7 packages unpacked"


def test_an_installation_is_never_silent_for_long_and_ends_as_pip_does(monkeypatch, capfd, tmp_path):
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nsleep 0.5\necho 'Collecting x'\necho 'ERROR: no x' >&2\nexit 3\n")
    slow.chmod(0o755)
    monkeypatch.setattr(install, "_SECONDS", 0.1)
    monkeypatch.setattr(sys, "executable", str(slow))
    assert install.install(["x"]) == 3
    said = capfd.readouterr()
    assert len(said.out.splitlines()) >= 3
    assert said.err == "ERROR: no x\n"
