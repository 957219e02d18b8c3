"""Grades classes of 10, 100 and 1000 by two jobs, and one by two Dask workers; the cost must not grow.

Run by `python -m benchmarks.growth`; it takes about twenty minutes on two cores.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from benchmarks.classes import ROOT, course_copy, grade, hand_in_class


def main():
    """Print a row for each size, then the efficiency of Dask workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assignment", default="02_poisson_glm")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--dask", type=int, default=100, help="submissions for the comparison with Dask")
    options = parser.parse_args()
    print(f"{'submissions':>12}{'seconds':>10}{'ms for each':>14}{'peak (MB)':>12}", flush=True)
    for size in options.sizes:
        with course_copy() as course:
            hand_in_class(course, course.assignment(options.assignment), size)
            cost = grade(course, options.assignment, "--jobs", "2")
        print(
            f"{size:12}{cost.seconds:10.1f}{1e3 * cost.seconds / size:14.0f}{cost.peak_mb:12.0f}", flush=True
        )
    with course_copy() as course:
        hand_in_class(course, course.assignment(options.assignment), options.dask)
        local = grade(course, options.assignment, "--anew", "--jobs", "2")
        with dask_cluster() as address:
            grade(
                course, options.assignment, "--anew", "--scheduler", address
            )  # starts the workers' nurseries
            cluster = grade(course, options.assignment, "--anew", "--scheduler", address)
    print(f"{options.dask} by two jobs {local.seconds:.1f} s, by two Dask workers {cluster.seconds:.1f} s: "
          f"efficiency {local.seconds / cluster.seconds:.0%}")  # fmt: skip


@contextmanager
def dask_cluster():
    """Give the address of a scheduler with two workers on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scheduler.json"
        dask = [sys.executable, "-m", "dask"]
        where = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file)]
        quiet = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        scheduler = subprocess.Popen([*dask, "scheduler", "--port", "0", *where], **quiet)
        workers = subprocess.Popen([*dask, "worker", "--nworkers", "2", "--nthreads", "1", *where], **quiet)
        try:
            while not file.exists():
                time.sleep(0.1)
            from distributed import Client

            with Client(scheduler_file=str(file), timeout=60) as client:
                client.wait_for_workers(2, timeout=60)
                yield client.scheduler.address
        finally:
            for process in (workers, scheduler):
                process.terminate()
                process.wait()


if __name__ == "__main__":
    main()
