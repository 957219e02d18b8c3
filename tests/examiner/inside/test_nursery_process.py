"""Student processes of one nursery: each begins alike, and none sees what another did or does."""

import contextlib

import pytest

from examiner.course.facts import Limits
from examiner.sandbox.student_client import StudentClient

LIMITS = Limits(memory_mb=4000)


@pytest.fixture
def begin(nursery):
    """A function that gives a student process in a sandbox of its own."""
    with contextlib.ExitStack() as stack:

        def begin(*imports):
            box = stack.enter_context(nursery.sandbox(LIMITS, imports))
            first = StudentClient(box.wire, time_used=box.watched.used)
            return stack.enter_context(contextlib.closing(StudentClient(*first.fork())))

        yield begin


def printed(student, source, seconds=60):
    outputs = student.run(source, seconds).outputs
    assert [output["output_type"] for output in outputs] == ["stream"], outputs
    return "".join(outputs[0]["text"]).strip()


LEFT = {
    "files": (
        "for p in ('/tmp', '/dev/shm', '/home/student'):\n    open(f'{p}/left', 'w').close()",
        "import os\nprint([p for p in ('/tmp', '/dev/shm', '/home/student') if 'left' in os.listdir(p)])",
        "[]",
    ),
    "modules": ("import numpy\nnumpy.pi = 3\nimport sys\nsys.left = 1",
                "import numpy, sys\nprint(numpy.pi == 3, hasattr(sys, 'left'))", "False False"),
    "classes_of_the_course": (
        "from neurocourse import checks, plots\nchecks.check_close = plots.show = None",
        "from neurocourse import checks, plots\nprint(checks.check_close is None, plots.show is None)",
        "False False",
    ),
    "environment": ("import os\nos.environ['LEFT'] = '1'\nos.chdir('/tmp')",
                    "import os\nprint('LEFT' in os.environ, os.getcwd())", "False /home/student"),
    "names": ("left = 1", "print('left' in globals(), len(In))", "False 2"),
    "signals": ("import signal\nsignal.signal(signal.SIGUSR1, signal.SIG_IGN)\nsignal.pthread_sigmask("
                "signal.SIG_BLOCK, [signal.SIGTERM])",
                "import signal\nprint(signal.getsignal(signal.SIGUSR1) is signal.SIG_DFL, "
                "signal.pthread_sigmask(signal.SIG_BLOCK, []))", "True set()"),
    "settings": (
        "import matplotlib as m, numpy as n\nm.rcParams['lines.linewidth'] = 9\nn.seterr(all='raise')",
        "import matplotlib as m, numpy as n\nprint(m.rcParams['lines.linewidth'], n.geterr()['over'])",
        "1.5 warn",
    ),
    "random_numbers": ("import random, numpy\nrandom.random(); numpy.random.rand()",
                       "import random, numpy\nprint(random.random() + numpy.random.rand() > 0)", "True"),
    "priority_and_limits": ("import os\nos.nice(5)", "import os\nprint(os.nice(0))", "5"),
    "mask_of_files": ("import os\nos.umask(0o777)", "import os\nprint(oct(os.umask(0)))", "0o22"),
}  # fmt: skip


@pytest.mark.parametrize(("does", "looks", "expected"), LEFT.values(), ids=LEFT)
def test_what_one_submission_does_no_later_or_other_one_sees(begin, does, looks, expected):
    other, first = begin(), begin()
    first.run(does, 20)
    assert printed(other, looks) == expected
    assert printed(begin(), looks) == expected


def test_submissions_draw_alike_in_every_cell(begin):
    draw = "import random, numpy\nprint(random.random(), numpy.random.rand())"
    drawn = []
    for _ in range(2):
        student = begin()
        first = printed(student, draw)
        second = StudentClient(*student.fork())
        drawn.append((first, printed(second, draw)))
        second.end()
    assert drawn[0] == drawn[1]
    assert drawn[0][0] != drawn[0][1]


def test_one_sees_no_process_of_another(begin):
    one, other = begin(), begin()
    one.run("import subprocess\nleft = subprocess.Popen(['sleep', '60'])", 20)
    found = "[f for f in glob.glob('/proc/[0-9]*/cmdline') if b'sleep' in open(f, 'rb').read()]"
    look = f"import glob\nprint({found})"
    assert printed(other, look) == "[]"


def test_one_cannot_reach_another_by_a_socket(begin):
    one, other = begin(), begin()
    one.run("import socket\na = socket.create_server(('127.0.0.1', 7777))", 20)
    one.run("b = socket.socket(socket.AF_UNIX)\nb.bind('\\0left')\nb.listen()", 20)
    tries = "import socket\ntry:\n    {}\nexcept OSError as error:\n    print(type(error).__name__)"
    assert printed(other, tries.format("socket.create_connection(('127.0.0.1', 7777), 5)")) == (
        "ConnectionRefusedError"
    )
    assert printed(other, tries.format("socket.socket(socket.AF_UNIX).connect('\\0left')")) == (
        "ConnectionRefusedError"
    )


THREADS = """import torch, numpy
torch.set_num_threads(2)
net = torch.nn.Linear(200, 200)
loss = net(torch.ones(500, 200)).square().mean()
loss.backward()
product = numpy.ones((700, 700)) @ numpy.ones((700, 700))
print(bool(net.weight.grad.abs().sum() > 0), product[0, 0])"""


def test_libraries_with_threads_work_after_the_fork_in_several_submissions_and_in_a_fork_of_them(begin):
    one, other = begin("torch"), begin("torch")
    assert printed(one, THREADS) == "True 700.0"
    assert printed(other, THREADS) == "True 700.0"
    again = StudentClient(*other.fork())
    assert printed(again, THREADS) == "True 700.0"
    again.end()


POOLS = """from sklearn.ensemble import RandomForestClassifier
from concurrent.futures import ThreadPoolExecutor
import multiprocessing, numpy as np
x = np.arange(40.0)[:, None]
forest = RandomForestClassifier(10, n_jobs=2, random_state=0).fit(x, x[:, 0] > 20)
with ThreadPoolExecutor(2) as threads:
    total = sum(threads.map(abs, [-1, -2]))
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(forest.score(x, x[:, 0] > 20), total, pool.map(abs, [-1, -2]))"""


def test_pools_of_threads_and_processes_work_in_a_submission(begin):
    assert printed(begin("sklearn.ensemble"), POOLS) == "1.0 3 [1, 2]"


def test_a_module_that_is_none_is_left_to_the_notebook(begin):
    assert printed(begin("no.such.module"), "print('still there')") == "still there"


NO_ZOMBIES = """import contextlib, glob
zombies = True
while zombies:
    zombies = []
    for file in glob.glob('/proc/[0-9]*/stat'):
        with contextlib.suppress(OSError):
            zombies += [file] if open(file).read().rpartition(')')[2].split()[0] == 'Z' else []
print('none')"""


def test_no_zombie_is_left_of_what_a_submission_abandons(begin):
    student = begin()
    student.run("import os\nfor _ in range(20):\n    if os.fork() == 0:\n        os._exit(0)", 20)
    student.run(
        "import os\nif os.fork() == 0:\n    for _ in range(5):\n        os.fork()\n    os._exit(0)", 20
    )
    wait = "import os\nwhile True:\n    try:\n        os.wait()\n    except ChildProcessError:\n        break"
    student.run(wait, 20)
    assert printed(student, NO_ZOMBIES, seconds=30) == "none"


def test_scikit_learn_comes_without_pandas_until_somebody_uses_that(begin):
    student = begin("sklearn.linear_model")
    assert printed(student, "import sys; print([n in sys.modules for n in ('sklearn', 'pandas')])") == (
        "[True, False]"
    )
    fit = (
        "import pandas as pd\nfrom sklearn.linear_model import LinearRegression\n"
        "frame = pd.DataFrame({'x': [0.0, 1.0, 2.0]})\n"
        "print(LinearRegression().fit(frame, [1, 3, 5]).feature_names_in_)"
    )
    assert printed(student, fit) == "['x']"


def test_a_student_process_collects_garbage_as_any_other(begin):
    assert printed(begin(), "import gc; print(gc.isenabled(), gc.get_freeze_count() > 0)") == "True True"
