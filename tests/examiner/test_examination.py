"""The second wall: whoever controls the process that runs tests reaches no file, no network, nobody else's
grade.

A hidden test of the tiny course stands for a student's code that has taken that process over: it runs
arbitrary code in it, with all that the process holds.
"""

import hashlib
import os
import socket
import textwrap
import time
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from examiner.batch import examination_client
from examiner.batch.examination_client import clients, examine
from examiner.batch.store import prepare, read_exam
from examiner.errors import ExaminationDied, GraderAtFault
from examiner.sandbox.guard import Watched
from examiner.verdict import SubmissionState, TestState
from tests.examiner.conftest import ROOT

STUDENT = "quisling-4711"


@pytest.fixture(scope="module", autouse=True)
def ended():
    yield
    clients.close()


@pytest.fixture
def taken_over(course, assignment, hand_in, monkeypatch):
    """A function that lets code run in the test process, and returns the outcome of the examination."""
    monkeypatch.setenv("EXAMINER_CANARY", "canary-of-the-grader")
    hand_in(STUDENT, {"add": "def add(a, b):\n    return 3"})
    exam = read_exam(course, assignment)

    def taken_over(code, **limits):
        source = nbformat.reads(exam.source, 4)
        cell = next(cell for cell in source.cells if cell.id == "add-test")
        cell.source = f"{textwrap.dedent(code).strip()}\n{cell.source}"
        conditions = replace(exam.conditions, limits=replace(exam.conditions.limits, **limits))
        forged = replace(exam, source=nbformat.writes(source), conditions=conditions)
        return examine(replace(prepare(course, exam, STUDENT), exam=forged))

    return taken_over


def found(outcome):
    """Return what the code that took over told by the message of its test."""
    test = outcome.verdict.tests[0]
    assert test.state is TestState.FAILED, test
    return eval(test.message)


TELL = "raise checks.CheckFailed(repr({}))"


def test_no_file_of_the_course_of_a_home_or_of_the_system_is_there(taken_over, course):
    places = [
        course.root, *(ROOT / name for name in ("source", "tests", "submitted")), Path.home() / ".bashrc",
        "/etc/passwd", "/etc/shadow", "/var", "/root/.ssh", "/proc/1/environ", "/home/student/.ipython",
    ]  # fmt: skip
    code = f"""
        import os
        from neurocourse import checks
        there = [p for p in {[str(place) for place in places]} if os.path.exists(p)]
        readable = [p for p in there if os.access(p, os.R_OK)]
        environ = [p for p in os.environ if "CANARY" in p or "GRADEBOOK" in p]
        own = open("/proc/self/environ").read()
        {TELL.format("(readable, environ, 'canary' in own, sorted(os.listdir('/course')))")}
    """
    readable, environ, canary, course_folder = found(taken_over(code))
    assert set(readable) <= {"/proc/1/environ"}, "that is the process itself"
    assert (environ, canary) == ([], False)
    assert course_folder == ["examiner", "neurocourse"]


def test_nothing_can_be_written_but_in_a_private_place(taken_over, course):
    before = {
        path: hashlib.sha256(path.read_bytes()).digest() for path in course.root.rglob("*") if path.is_file()
    }
    places = ["/", "/usr", "/course", "/course/examiner", str(course.root), str(ROOT), "/etc", "/tmp"]
    code = f"""
        import os
        from neurocourse import checks
        wrote = []
        for place in {places}:
            try:
                open(place + "/left", "w").write("x")
                wrote.append(place)
            except OSError:
                pass
        {TELL.format("wrote")}
    """
    assert found(taken_over(code)) == ["/tmp"]
    assert not Path("/tmp/left").exists()
    assert {path: hashlib.sha256(path.read_bytes()).digest() for path in before} == before


def test_there_is_no_network_and_no_other_process(taken_over):
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = f"""
            import os, socket
            from neurocourse import checks
            reached = []
            for address in [{server.getsockname()!r}, ("192.0.2.1", 80)]:
                try:
                    socket.create_connection(address, timeout=2)
                    reached.append(address)
                except OSError:
                    pass
            others = [p for p in os.listdir("/proc") if p.isdigit() and int(p) != os.getpid()]
            {TELL.format("(reached, others, os.getpid(), os.getuid() >= 60000)")}
        """
        assert found(taken_over(code)) == ([], [], 1, True)


def test_it_has_no_rights_and_no_calls_that_would_reach_further(taken_over):
    code = f"""
        import ctypes, os
        from neurocourse import checks
        kernel = ctypes.CDLL(None, use_errno=True)
        mounted = kernel.mount(b"none", b"/tmp", b"tmpfs", 0, None)
        lines = open("/proc/self/status").read().splitlines()
        caps = [line.split()[1] for line in lines if line.startswith("Cap")]
        {TELL.format("(kernel.unshare(0x10000000), mounted, kernel.ptrace(0), {int(c, 16) for c in caps})")}
    """
    assert found(taken_over(code)) == (-1, -1, -1, {0})


FORGE = """
    import gc, os
    from examiner.inside import messages
    from examiner.exam.jobs import Outcome, pack_outcome
    from examiner.verdict import SubmissionState, TestResult, TestState, Verdict
    from examiner.inside.wire import Wire
    wires = [wire for wire in gc.get_objects() if isinstance(wire, Wire)]
    (to_supervisor,) = [wire for wire in wires if wire.deadline is None]
    def forge(names, notebook, points=1000.0):
        tests = [TestResult(n, n.split("-")[0], TestState.PASSED, points, points) for n in names]
        verdict = Verdict("ben", "01_adding", SubmissionState.GRADED, tests=tuple(tests))
        tree, block = pack_outcome(Outcome(verdict, notebook, 10**9))
        to_supervisor.send(messages.Examined(tree), block)
        os._exit(0)
"""


def test_a_forged_verdict_raises_at_worst_this_one_submission_to_its_full_points(
    taken_over, course, assignment
):
    released = (course.path("release", assignment) / assignment.filename).read_text()
    outcome = taken_over(f"{textwrap.dedent(FORGE)}\nforge(['add-test', 'double-test'], {released!r})")
    verdict = outcome.verdict
    assert (verdict.student, verdict.assignment) == (STUDENT, "01_adding")
    assert (verdict.points, verdict.bonus) == (60, 5), "no more than the exam gives"
    assert outcome.n_run == 2


@pytest.mark.parametrize(
    "forged",
    ["forge(['add-test'], '{}')", "forge(['add-test', 'double-test', 'more-test'], '{}')",
     "forge(['add-test', 'double-test'], 'x')", "forge(['add-test', 'double-test'], '{\"cells\": []}')",
     "to_supervisor.socket.sendall(b'\\xff' * 1000)", "to_supervisor.send(messages.Ready())",
     "to_supervisor.send(messages.Failed('x', 'SandboxError'))", "import os; os._exit(0)",
     "to_supervisor.socket.close()"],
    ids=["less", "more", "no_notebook", "empty", "noise", "another", "failed", "end", "closed"],
)  # fmt: skip
def test_what_is_no_outcome_of_this_exam_costs_its_own_grade_and_stops_nobody(taken_over, forged):
    with pytest.raises(ExaminationDied):
        taken_over(f"{textwrap.dedent(FORGE)}\n{forged}")


def test_it_cannot_have_student_processes_without_end(taken_over):
    asks = """
        for _ in range(100):
            to_supervisor.send(messages.StartStudent())
            to_supervisor.receive_with_socket(messages.Ready)
    """
    with pytest.raises(ExaminationDied, match="it asked for too many student processes"):
        taken_over(f"{textwrap.dedent(FORGE)}\n{textwrap.dedent(asks)}")


def test_memory_without_end_is_ended(taken_over):
    hog = """
        import mmap
        kept = []
        while True:
            kept.append(mmap.mmap(-1, 10**7))
            kept[-1].write(b'x' * 10**7)
    """
    with pytest.raises(ExaminationDied, match="the process that ran its tests took too much memory"):
        taken_over(hog, memory_mb=600)


def test_time_without_end_is_ended(taken_over, monkeypatch):
    monkeypatch.setattr(examination_client, "_GRACE_SECONDS", 0)
    monkeypatch.setattr(examination_client, "_NET", 0.05)
    begun = time.monotonic()
    with pytest.raises(ExaminationDied, match="examining it took too long"):
        taken_over(
            "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\nwhile True: pass"
        )
    assert time.monotonic() - begun < 30


def test_the_next_submission_finds_nothing_of_it(taken_over):
    leave = """
        import os, sys, numpy
        from neurocourse import checks
        numpy.left = checks.left = sys.left = True
        open("/tmp/left", "w").close()
    """
    look = f"""
        import os, sys, numpy
        from neurocourse import checks
        {TELL.format("[hasattr(m, 'left') for m in (numpy, checks, sys)] + [os.path.exists('/tmp/left')]")}
    """
    taken_over(leave)
    assert found(taken_over(look)) == [False] * 4


def test_a_guard_that_failed_leaves_no_grade(taken_over, monkeypatch):
    def fail(self):
        raise RuntimeError("the guard is broken")

    monkeypatch.setattr(Watched, "check", fail)
    with pytest.raises(GraderAtFault) as fault:
        taken_over("import time\ntime.sleep(3)")
    assert str(fault.value) == (
        "The grader lost sight of this submission: its memory could not be measured "
        "(RuntimeError: the guard is broken)."
    )


def test_whose_work_it_is_is_not_known_there(taken_over):
    code = f"""
        import gc
        from neurocourse import checks
        held = [str(o)[:10000] for o in gc.get_objects() if isinstance(o, (list, tuple, dict))]
        seen = [text for text in held if {STUDENT[::-1]!r}[::-1] in text]
        {TELL.format("len(seen)")}
    """
    assert found(taken_over(code)) == 0


def test_an_honest_submission_is_graded_beside_all_that(taken_over):
    outcome = taken_over("pass")
    assert outcome.verdict.state is SubmissionState.GRADED
    assert [test.state for test in outcome.verdict.tests] == [TestState.FAILED, TestState.PASSED]
    assert os.environ["EXAMINER_CANARY"]
