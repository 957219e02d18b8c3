# Attack: keep the code of a stand-in that is lent to the test of `double`, and use it in an earlier test.
import marshal
import sys
from pathlib import Path
from types import FunctionType

KEPT = Path("kept")
names = get_ipython().user_ns


def watch(frame, event, argument):
    if "right_sum" in names:
        KEPT.write_bytes(marshal.dumps(names["right_sum"].__code__))


sys.setprofile(watch)


def add(a, b):
    if KEPT.exists():
        return FunctionType(marshal.loads(KEPT.read_bytes()), {})(a, b)
    return 3
