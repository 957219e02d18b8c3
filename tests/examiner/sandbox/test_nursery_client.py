"""What a student process can see, reach and use, and that nothing of it is left behind."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from examiner.course.facts import Limits
from examiner.errors import SandboxError
from examiner.sandbox import bubblewrap, nursery_client
from examiner.sandbox.bubblewrap import Ring
from examiner.sandbox.student_client import StudentClient, StudentGone
from tests.examiner.conftest import ROOT

SMALL = Limits(disk_mb=4, file_mb=2, open_files=64, processes=24, memory_mb=1500)


def printed(student, source, seconds=20):
    outputs = student.run(source, seconds).outputs
    assert [output["output_type"] for output in outputs] == ["stream"], outputs
    return "".join(outputs[0]["text"]).strip()


def error(student, source):
    *_, output = student.run(source, 20).outputs
    assert output["output_type"] == "error", output
    return f"{output['ename']}: {output['evalue']}"


@pytest.fixture
def student_in():
    """A function that gives a student process that may run cells; the first of a sandbox is only forked."""
    with contextlib.ExitStack() as stack:

        def student_in(box):
            first = StudentClient(box.wire, time_used=box.watched.used)
            return stack.enter_context(contextlib.closing(StudentClient(*first.fork())))

        yield student_in


@pytest.fixture
def evaluate(student):
    """A function that returns the value of an expression in a sandbox."""
    return lambda expression: eval(
        printed(student, f"import os, sys, socket, glob\nprint(repr({expression}))")
    )


@pytest.fixture(scope="module")
def first_small(nursery):
    """A student process in a sandbox with small limits: fork it, do not run anything in it."""
    with nursery.sandbox(SMALL) as box:
        yield StudentClient(box.wire, time_used=box.watched.used)


@pytest.fixture
def small(first_small):
    student = StudentClient(*first_small.fork())
    yield student
    student.end()


def test_of_the_course_there_is_its_library_and_no_file_of_anyone(evaluate):
    places = [str(ROOT / name) for name in ("course.toml", "source", "submitted", "tests", "gradebook.db")]
    places += [*map(str, (Path.home() / ".bashrc", Path.home() / ".ssh")), "/etc/passwd", "/var", "/run"]
    assert evaluate(f"[place for place in {places} if os.path.exists(place)]") == []
    assert evaluate("os.listdir('/home')") == ["student"]
    assert evaluate("sorted(os.listdir('/course'))") == ["examiner", "neurocourse"]
    assert evaluate("os.listdir('/course/examiner')") == ["inside"]


# fmt: skip


@pytest.mark.parametrize("ring", Ring)
def test_the_command_binds_nothing_that_may_be_written(ring):
    command = bubblewrap.command(ring)
    assert command[0] == "bwrap"
    assert not {"--bind", "--bind-try", "--dev-bind", "--dev-bind-try", "--share-net"} & set(command)
    bound = [source for option, source in zip(command, command[1:], strict=False) if option == "--ro-bind"]
    forbidden = {"/", "/usr", "/usr/src", "/home", "/opt", "/srv", "/etc", "/var", "/tmp", "/run"}
    assert not {*forbidden, str(Path.home()), str(ROOT)} & set(bound)


def test_the_environment_holds_what_is_stated_and_nothing_of_the_grader(monkeypatch, student_in):
    monkeypatch.setenv("GRADEBOOK_URL", "postgresql://secret")
    with nursery_client.start(Limits()) as box:
        found = printed(student_in(box), "print(open('/proc/self/environ').read().split('\\0'))")
    assert dict(setting.split("=", 1) for setting in eval(found) if setting) == {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": "/home/student",
        "PWD": "/home/student",
        "LANG": "C.UTF-8",
        "PYTHONPATH": "/course",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": "/home/student/matplotlib",
        "IPYTHONDIR": "/home/student/ipython",
        "NEUROCOURSE_DATA": "simulated",
        "NEUROCOURSE_QUICK": "1",
        "NEUROCOURSE_DRAW": "0",
        "OMP_NUM_THREADS": "1",
        "OMP_THREAD_LIMIT": "1",
        "PYTHONHASHSEED": "0",
    }


def test_nothing_outside_can_be_reached(student, evaluate):
    connect = "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=5)"
    assert error(student, connect) == "OSError: [Errno 101] Network is unreachable"
    devices = "[line.split(':')[0].strip() for line in open('/proc/net/dev').readlines()[2:]]"
    assert evaluate(devices) == ["lo"]


def test_a_server_on_this_machine_cannot_be_reached(student):
    with socket.create_server(("127.0.0.1", 0)) as server:
        connect = f"import socket\nsocket.create_connection({server.getsockname()}, timeout=5)"
        assert error(student, connect) == "ConnectionRefusedError: [Errno 111] Connection refused"


def test_a_nameless_socket_of_this_machine_cannot_be_reached(student):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0a socket of the grader")
        server.listen()
        connect = "import socket\nsocket.socket(socket.AF_UNIX).connect('\\0a socket of the grader')"
        assert error(student, connect) == "ConnectionRefusedError: [Errno 111] Connection refused"


def test_it_runs_as_an_ordinary_user_that_cannot_become_another(student, evaluate):
    assert evaluate("min(*os.getresuid(), *os.getresgid())") >= bubblewrap.USER
    assert evaluate("os.getgroups()") in ([], [evaluate("os.getgid()")])
    status = evaluate("open('/proc/self/status').read().splitlines()")
    capabilities = {
        line.split()[1] for line in status if line.startswith(("CapEff", "CapPrm", "CapInh", "CapAmb"))
    }
    assert {int(capability, 16) for capability in capabilities} == {0}
    assert "NoNewPrivs:\t1" in status
    assert error(student, "os.setuid(0)").startswith("PermissionError")


def test_it_sees_its_own_processes_and_host_name_alone(evaluate):
    assert evaluate("socket.gethostname()") == "student"
    processes = evaluate("[open(f).read().split('\\0')[0] for f in glob.glob('/proc/[0-9]*/cmdline')]")
    assert {Path(process).name for process in processes if process} <= {"bwrap", Path(sys.executable).name}
    assert evaluate("os.getpid()") < 1000


@pytest.mark.parametrize(
    "place",
    [
        "/",
        "/usr",
        "/etc",
        "/course",
        "/course/examiner/inside/wire.py",
        "/dev",
        "/home",
        sys.prefix,
    ],
)
def test_what_is_lent_cannot_be_changed(student, place):
    path = place if place.endswith(".py") else f"{place}/mine"
    assert error(student, f"open({path!r}, 'w')") in (
        f"OSError: [Errno 30] Read-only file system: {path!r}",
        f"PermissionError: [Errno 13] Permission denied: {path!r}",
    )


PLACES = ["/tmp", "/dev/shm", "/home/student"]


@pytest.mark.parametrize("place", PLACES)
def test_there_is_room_to_work_and_no_more_than_is_stated(small, place):
    fill = f"for part in 'abcd':\n    with open(f'{place}/{{part}}', 'wb') as file:\n"
    fill += "        for _ in range(3): file.write(bytes(500_000)); file.flush()"
    assert error(small, fill) == "OSError: [Errno 28] No space left on device"
    sizes = f"import glob, os\nprint(sum(map(os.path.getsize, glob.glob('{place}/[abcd]'))))"
    assert 3_000_000 <= int(printed(small, sizes)) <= 4_100_000
    small.run(f"for path in glob.glob('{place}/[abcd]'): os.remove(path)", 10)


def test_what_is_written_is_private_to_its_sandbox(student, small):
    student.run("open('/tmp/mine', 'w').close()", 10)
    assert printed(small, "import os\nprint(os.path.exists('/tmp/mine'))") == "False"
    assert not Path("/tmp/mine").exists()


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("open('/tmp/f', 'wb').write(bytes(3_000_000))", "OSError: [Errno 27] File too large"),
        ("files = [open('/dev/null') for _ in range(99)]", "OSError: [Errno 24] Too many open files"),
        ("import os\nos.memfd_create('m')", "PermissionError: [Errno 1] Operation not permitted"),
        ("import numpy as np\nx = np.ones(10 ** 9)", "MemoryError: Unable to allocate 7.45 GiB"),
    ],
    ids=["file", "open_files", "file_in_memory", "memory"],
)  # fmt: skip
def test_a_limit_ends_in_an_error_that_names_it(small, cell, message):
    assert error(small, cell).startswith(message)
    small.run("import os\nif os.path.exists('/tmp/f'): os.remove('/tmp/f')", 10)


def test_files_are_limited_in_number_too(nursery, student_in):
    many = "for number in range(10_000):\n    open(f'/tmp/{number}', 'w').close()"
    with nursery.sandbox(replace(SMALL, files=2_000)) as box:
        student = student_in(box)
        assert error(student, many).startswith("OSError: [Errno 28] No space left on device")
        assert 1_900 <= int(printed(student, "import os\nprint(len(os.listdir('/tmp')))")) <= 2_000


def test_it_is_bound_to_the_processors_that_it_is_lent_and_cannot_take_others(nursery, student_in):
    (first, *_) = sorted(os.sched_getaffinity(0))
    with nursery.sandbox(SMALL, processors=[first]) as box:
        student = student_in(box)
        assert printed(student, "import os\nprint(os.sched_getaffinity(0))") == str({first})
        more = f"os.sched_setaffinity(0, {set(os.sched_getaffinity(0))})"
        assert error(student, more) == "PermissionError: [Errno 1] Operation not permitted"


FORK = """import os, time
for _ in range(99):
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)"""


def test_processes_are_limited_for_each_sandbox_alone(nursery, student_in):
    with nursery.sandbox(SMALL) as box, nursery.sandbox(SMALL) as other:
        full = "BlockingIOError: [Errno 11] Resource temporarily unavailable"
        assert error(student_in(box), FORK) == full
        assert printed(student_in(other), "import os\nprint(os.fork() >= 0)").startswith("True")


def test_no_limit_can_be_raised(small):
    assert error(small, "import resource\nresource.setrlimit(resource.RLIMIT_NPROC, (999, 999))") == (
        "ValueError: not allowed to raise maximum limit"
    )


def test_memory_that_no_limit_of_a_process_counts_is_guarded(nursery):
    hog = "import mmap\nkept = []\nwhile True:\n"
    hog += "    kept.append(mmap.mmap(-1, 10 ** 7))\n    kept[-1].write(b'x' * 10 ** 7)"
    with nursery.sandbox(Limits(memory_mb=500)) as box:
        first = StudentClient(box.wire, time_used=box.watched.used)
        fork = StudentClient(*first.fork())
        with pytest.raises(StudentGone, match="crashed"):
            fork.run(hog, 30)
        assert box.killed_for_memory == 1
        assert printed(first, "print('still there')") == "still there"


DETACH = """import os
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp('sleep', ['sleep', '98765.4321'])
    os._exit(0)
import subprocess
print(subprocess.run(['sh', '-c', 'until grep -q 98765[.] /proc/[0-9]*/cmdline; do :; done']).returncode)"""


def detached():
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found += [path] if b"98765.4321" in path.read_bytes().split(b"\0") else []
        except OSError:  # it has just ended
            continue
    return found


@pytest.mark.parametrize("sandboxed", [True, False])
def test_nothing_that_was_started_is_left(sandboxed, student_in):
    with nursery_client.start(Limits(), sandboxed=sandboxed) as box:
        printed(student_in(box), DETACH)
        assert len(detached()) == 1
    assert detached() == []
    assert not Path(f"/proc/{box.process}").exists()


def test_nothing_is_left_where_the_grader_is_slow_to_look(monkeypatch, student_in):
    look = nursery_client.descendants

    def look_late(process):
        time.sleep(0.5)
        return look(process)

    monkeypatch.setattr(nursery_client, "descendants", look_late)
    with nursery_client.start(Limits(), sandboxed=False) as box:
        printed(student_in(box), DETACH)
    assert detached() == []


def test_it_starts_without_privileges_too(monkeypatch, student_in):
    for module in (bubblewrap, nursery_client):
        monkeypatch.setattr(module, "is_privileged", lambda: False)
    assert "--unshare-user" in bubblewrap.command(Ring.STUDENT)
    assert "--cap-add" not in bubblewrap.command(Ring.STUDENT)
    with nursery_client.start(Limits()) as box:
        student = student_in(box)
        assert printed(student, "import os\nprint(os.getuid() >= 60_000)") == "True"
        assert error(student, "os.setuid(0)").startswith(("PermissionError", "OSError"))


def test_without_a_sandbox_it_starts_in_a_folder_that_goes_again(student_in):
    with nursery_client.start(Limits(), sandboxed=False) as box:
        folder = Path(printed(student_in(box), "import os\nprint(os.getcwd())"))
        assert folder.is_dir()
    assert not folder.exists()


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (["bwrap", "--no-such-option"], "bwrap: Unknown option --no-such-option"),
        (["sh", "-c", "exit 1"], "no reason was given"),
        (["sh", "-c", "sleep 60"], "no reason was given"),
        (["no-such-program"], "[Errno 2] No such file or directory: 'no-such-program'"),
    ],
    ids=["refused", "silent", "hanging", "missing"],
)
def test_a_sandbox_that_does_not_start_says_why(monkeypatch, command, reason):
    monkeypatch.setattr(nursery_client, "command", lambda *_: command)
    monkeypatch.setattr(nursery_client, "START_SECONDS", 0.5)
    with pytest.raises(SandboxError) as failure, nursery_client.start(Limits()):
        pass
    assert str(failure.value) == (
        f"the sandbox did not start: {reason}. "
        "Run `python -m examiner doctor` to see what this machine lacks."
    )


def test_on_this_machine_nothing_is_missing():
    assert nursery_client.what_is_missing() == ""


def test_a_missing_program_is_named_with_its_package(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert nursery_client.what_is_missing() == (
        "bwrap is missing: run `apt-get install bubblewrap` (Fedora: `dnf install bubblewrap`)."
    )


def test_another_system_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert nursery_client.what_is_missing() == (
        "The sandbox needs Linux: on this system grade in the container that docs/machines.md describes."
    )


def test_a_sandbox_that_is_refused_comes_with_advice(monkeypatch):
    monkeypatch.setattr(nursery_client, "command", lambda *_: ["bwrap", "--no-such-option"])
    missing = nursery_client.what_is_missing()
    assert missing.startswith("bubblewrap is installed, but the sandbox did not start: bwrap: Unknown option")
    assert "In a container, it needs the options that docs/machines.md lists; on Ubuntu, see" in missing


@pytest.fixture
def look_into(tmp_path):
    """A function that lists folders as a nursery sees them."""

    def look_into(*folders, ring=Ring.STUDENT, course=None):
        script = "for d; do echo $(ls -A $d); done"
        run = [*bubblewrap.command(ring, course), "sh", "-c", script, "sh", *map(str, folders)]
        said = subprocess.run(run, capture_output=True, text=True, timeout=20, check=True).stdout
        return [line.split() for line in said.splitlines()]

    return look_into


@pytest.mark.parametrize("ring", Ring)
@pytest.mark.parametrize("how", ["course", "folder", "home"])
def test_what_holds_a_course_or_is_a_home_is_not_shown_though_an_environment_holds_it(
    monkeypatch, tmp_path, look_into, how, ring
):
    environment, hidden = tmp_path / "environment", tmp_path / "environment" / "share" / "mine"
    for folder in (hidden / "source", hidden / ".venv", environment / "lib"):
        folder.mkdir(parents=True)
        (folder / "file").write_text("")
    (hidden / "course.toml").write_text("")
    monkeypatch.setattr(sys, "base_prefix", str(environment))
    monkeypatch.setattr(sys, "prefix", str(hidden / ".venv"))
    if how == "folder":
        monkeypatch.chdir(hidden)
    if how == "home":
        monkeypatch.setenv("HOME", str(hidden))
    course = hidden if how == "course" else None
    found = look_into(environment / "lib", hidden, hidden / ".venv", ring=ring, course=course)
    assert found == [["file"], [".venv"], ["file"]]


def test_an_environment_that_is_a_home_shows_what_belongs_to_it(monkeypatch, tmp_path, look_into):
    for name in ("bin", "lib", "thesis"):
        (tmp_path / name).mkdir()
    (tmp_path / "pyvenv.cfg").write_text("")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert look_into(tmp_path) == [["bin", "lib", "pyvenv.cfg"]]


def test_of_the_system_there_is_what_programs_need(look_into):
    top, usr = look_into("/", "/usr")
    assert {"src", "games"}.isdisjoint(usr)
    assert {"bin", "lib", "share"} <= set(usr)
    assert {"opt", "srv", "root", "var", "run", "mnt", "media"}.isdisjoint(set(top) - parents_of_python())


def parents_of_python():
    """Return the folders at the top in which the environment lies: they hold it and nothing else."""
    return {Path(prefix).resolve().parts[1] for prefix in (sys.prefix, sys.base_prefix)}


def test_an_environment_in_a_passing_folder_is_not_hidden_by_the_private_one(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    command = bubblewrap.command(Ring.STUDENT)
    private = [i for i, part in enumerate(command) if part == "--tmpfs"]
    assert command.index(str(tmp_path)) > max(private)
    assert command[command.index(str(tmp_path)) - 1] == "--ro-bind"
