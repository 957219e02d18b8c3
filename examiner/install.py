"""Installs packages with pip, and says every few seconds how far it is: `make` runs this file by its path.

    python examiner/install.py --requirement requirements.lock ...    any arguments of `pip install`

Nothing is installed yet when it runs, so it uses Python alone. What pip says of errors goes to stderr as it
is.
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

_SECONDS = 3.0  # between two lines
_BYTES = {"bytes": 1, "kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
_LOADED = re.compile(r"\s*Downloading \S+ \(([\d.]+) (bytes|kB|MB|GB)\)")
_WIDTH = 70


@dataclass
class Progress:
    """What pip has said so far: what it does, how much it has downloaded, whether it unpacks."""

    says: str = "Starting"
    n_found: int = 0
    n_bytes: float = 0.0
    unpacks: bool = False
    begun: float = field(default_factory=time.monotonic)

    def read(self, lines: Iterable[str]) -> None:
        """Take in what pip says, line by line, to its end."""
        for line in lines:
            self.take(line)

    def take(self, line: str) -> None:
        """Take in one line of pip's."""
        self.n_found += line.startswith("Collecting ")
        self.unpacks = self.unpacks or line.startswith("Installing collected packages")
        if loaded := _LOADED.match(line):
            self.n_bytes += float(loaded[1]) * _BYTES[loaded[2]]
        self.says = line.strip().removesuffix(": started")[:_WIDTH] or self.says

    def __str__(self) -> str:
        """Return where pip is, as one line."""
        unpacked = f"{count_installed()} packages unpacked" if self.unpacks else self.says
        amount = f", {self.n_found} packages found, {self.n_bytes / 1e6:.0f} MB downloaded"
        found = amount if self.n_found else ""
        return f"  {time.monotonic() - self.begun:.0f} s{found}: {unpacked}"


def count_installed() -> int:
    """Return how many packages this environment holds."""
    return sum(1 for _ in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))


def install(arguments: list[str]) -> int:
    """Run `pip install` with these arguments and return its exit status."""
    command = [sys.executable, "-m", "pip", "install", "--progress-bar", "off", *arguments]
    progress = Progress()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors="replace") as pip:
        assert pip.stdout
        reader = threading.Thread(target=progress.read, args=(pip.stdout,))
        reader.start()
        while reader.is_alive():
            reader.join(_SECONDS)
            print(progress, flush=True)
    return pip.returncode


if __name__ == "__main__":
    try:
        sys.exit(install(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
