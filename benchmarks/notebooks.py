"""Times each solved notebook in a kernel of its own: full and quick, slowest cell, peak memory.

Run by `make bench`. The budgets: 60 s for a full run, 10 s for its slowest cell, 8 s for a quick run.
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from nbclient import NotebookClient

from examiner.course.facts import read_course
from examiner.publishing.release import solution

ROOT = Path(__file__).parents[1]
HEADER = f"{'assignment':24}{'mode':8}{'total (s)':>10}{'slowest cell':>28}{'(s)':>7}{'peak (MB)':>11}"


def main():
    """Print a table; each run has a process of its own, so that its memory can be told."""
    print(HEADER, flush=True)
    for assignment in read_course(ROOT).assignments:
        for mode in ("full", "quick"):
            command = [sys.executable, __file__, assignment.name, mode]
            environment = {"NEUROCOURSE_DATA": "simulated", "NEUROCOURSE_QUICK": str(int(mode == "quick"))}
            subprocess.run(command, check=True, env=os.environ | environment)


def run(name, mode):
    """Run one solved notebook and print its row."""
    course = read_course(ROOT)
    notebook = solution(course, course.assignment(name))
    started, seconds = {}, {}

    def begin(cell, cell_index):
        started[cell.id] = time.perf_counter()

    def end(cell, cell_index, execute_reply):
        seconds[cell.id] = time.perf_counter() - started[cell.id]

    begun = time.perf_counter()
    NotebookClient(
        notebook, timeout=600, on_cell_execute=begin, on_cell_executed=end, extra_arguments=["--log-level=40"]
    ).execute()
    total = time.perf_counter() - begun
    slowest = max(seconds, key=seconds.get)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{name:24}{mode:8}{total:10.1f}{slowest:>28}{seconds[slowest]:7.1f}{peak:11.0f}", flush=True)


if __name__ == "__main__":
    run(*sys.argv[1:]) if len(sys.argv) > 1 else main()
