# Attack: keep the code of a stand-in that runs here for `double`, and use it in the test of what it answers.
import marshal
import sys
from pathlib import Path
from types import FunctionType

KEPT = Path("kept")


def watch(frame, event, argument):
    if event == "call" and frame.f_code.co_filename == "<stand_in>" and frame.f_code.co_name != "<module>":
        KEPT.write_bytes(marshal.dumps(frame.f_code))


sys.setprofile(watch)


def add(a, b):
    if KEPT.exists():
        return FunctionType(marshal.loads(KEPT.read_bytes()), {})(a, b)
    return 3
