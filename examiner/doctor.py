"""Tells whether this machine can grade, and what it lacks: `python -m examiner doctor`."""

from __future__ import annotations

import argparse
import locale
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from examiner.apart import sentence
from examiner.batch.pool import local_pool
from examiner.batch.store import read_exam
from examiner.batch.trial import trial_exam
from examiner.course.colab import as_of, missing_here
from examiner.course.facts import Assignment, Course
from examiner.errors import GradebookError, NotebookError, NotInstalled
from examiner.exam import libraries
from examiner.gradebook.database import gradebook_url, open_gradebook, place
from examiner.notebook import cells
from examiner.notebook.installed import can_import
from examiner.sandbox import bubblewrap, nursery_client
from examiner.wording import counted, say

_PYTHONS = ((3, 11), (3, 14))
_GRADER_MB = 1_000
_SHOWN = 12


@dataclass(frozen=True)
class Finding:
    """One thing that grading depends on: whether it is fine, and what to do if it is not."""

    fine: bool
    what: str

    def __str__(self) -> str:
        """Return the finding as a line of the report."""
        return f"{'ok  ' if self.fine else 'FAIL'}  {self.what}"


def tell_findings(course: Course, _: argparse.Namespace) -> int:
    """Say whether this machine can grade; the exit status is 1 where it cannot."""
    findings = examine_machine(course)
    say("\n".join(map(str, findings)))
    return 0 if all(finding.fine for finding in findings) else 1


def examine_machine(course: Course) -> list[Finding]:
    """Check everything that grading needs from this machine."""
    return [
        check_python(sys.version_info[:2]),
        check_sandbox(),
        check_grading(course),
        *check_libraries(course),
        check_memory(memory_mb(), course.limits.memory_mb, len(os.sched_getaffinity(0))),
        check_user(),
        check_gradebook(course),
        *map(check_package, course.grading.packages),
        compare_with_colab(),
    ]


def check_python(version: tuple[int, int]) -> Finding:
    """Check the version of Python."""
    found = f"Python {'.'.join(map(str, version))} in {sys.prefix}"
    fine = _PYTHONS[0] <= version < _PYTHONS[1]
    return Finding(fine, found if fine else f"{found}: 3.11 to 3.13 is needed, use `make PYTHON=python3.11`")


def check_sandbox() -> Finding:
    """Start a student process in a sandbox, and say which bubblewrap makes it."""
    if missing := nursery_client.what_is_missing():
        return Finding(False, missing)
    told = subprocess.run(["bwrap", "--version"], capture_output=True, text=True, timeout=10, check=True)
    return Finding(True, f"the sandbox starts ({told.stdout.strip()})")


def check_grading(course: Course) -> Finding:
    """Grade each released exam's own solution, and its release, as `make grade` does before a class."""
    if nursery_client.what_is_not_installed():
        return Finding(False, "nothing can be graded without a sandbox, see above")
    where = f"in {course.root}, in the locale {locale.setlocale(locale.LC_CTYPE)}"
    ready = [each for each in _released(course) if not _what_it_lacks(course, each)]
    try:
        with local_pool(1) as pool:
            for exam in [read_exam(course, each) for each in ready] or [trial_exam(course)]:
                pool.begin_key(exam)()
    except Exception as error:  # of any kind: it is what has to be told
        return Finding(False, f"grading does not work {where}: {sentence(error)}")
    names = ", ".join(each.name for each in ready) or "a trial"
    return Finding(True, f"the solution gets all points and the release none ({names}), {where}")


def check_libraries(course: Course) -> list[Finding]:
    """Say which released exams need a library that is not installed: nobody is graded by them."""
    lacking = (_what_it_lacks(course, each) for each in _released(course))
    return [Finding(False, told) for told in lacking if told]


def _released(course: Course) -> list[Assignment]:
    return [each for each in course.assignments if (course.path("release", each) / each.filename).is_file()]


def _what_it_lacks(course: Course, assignment: Assignment) -> str:
    path = course.path("source", assignment) / assignment.filename
    try:
        libraries.check_exam(assignment.name, cells.read_notebook(path))
    except NotInstalled as error:
        return str(error)
    except NotebookError:  # told where it is graded
        return ""
    return ""


def check_package(name: str) -> Finding:
    """Check that students' code can import a module that `course.toml` says it can."""
    if can_import(name):
        return Finding(True, f"{name}, of [grading] packages in course.toml, is installed")
    return Finding(
        False,
        f"{name}, of [grading] packages in course.toml, is not installed: install the package that has it, "
        f"for example by `{sys.executable} -m pip install {name}`",
    )


def compare_with_colab() -> Finding:
    """Say which modules students have in Colab and not here, the most used first; that is no fault."""
    missing = missing_here()
    if not missing:
        return Finding(True, f"all modules of Colab's list of {as_of()} are installed")
    more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
    return Finding(
        True,
        f"in Colab ({as_of()}) students have modules that are missing here: {', '.join(missing[:_SHOWN])}"
        f"{more}. Install those that they may use, and name them under [grading] packages in course.toml",
    )


def check_memory(memory: int, limit: int, cores: int) -> Finding:
    """Check that one submission may take what `course.toml` allows, and say how many fit at once."""
    at_once = min(cores, max(0, memory - _GRADER_MB) // limit)
    found = f"{cores} cores, {memory} MB of memory"
    if at_once:
        return Finding(True, f"{found}: {at_once} submissions of at most {limit} MB at once")
    return Finding(
        False,
        f"{found}: memory_mb = {limit} in course.toml and {_GRADER_MB} MB for the grader need more: "
        "lower memory_mb, or grade on a larger machine",
    )


def memory_mb() -> int:
    """Return the memory of this machine, or of the container that this is, in MB."""
    amounts = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for limit in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        if Path(limit).is_file() and (text := Path(limit).read_text(encoding="utf-8").strip()).isdigit():
            amounts.append(int(text))
    return min(amounts) // 1_000_000


def check_user() -> Finding:
    """Say which user runs this; in either case student code runs as an ordinary user in the sandbox."""
    if bubblewrap.is_privileged():
        return Finding(True, "running as root: student code becomes an ordinary user in the sandbox")
    if os.getuid() == 0:
        return Finding(
            True,
            "running as a root that may not mount: nothing limits the number of a submission's processes. "
            "Grade as an ordinary user if you can.",
        )
    return Finding(True, f"running as the ordinary user {os.getuid()}")


def check_gradebook(course: Course) -> Finding:
    """Check that the gradebook opens; one that does not exist yet is no fault."""
    try:
        url = gradebook_url()
        if not url and not (course.root / "gradebook.db").exists():
            return Finding(True, "no gradebook yet: `make release` makes it")
        with open_gradebook(course) as gradebook:
            count = len(gradebook.assignments)
    except GradebookError as error:
        return Finding(False, str(error))
    where = f" {place(url)}" if url else ""
    return Finding(True, f"the gradebook{where} opens and knows {counted(count, 'assignment')}")
