# Attack: write to the outputs of the cell again when the hidden test has come.
import gc

from examiner.inside.kernel import Outputs

outputs = [thing for thing in gc.get_objects() if isinstance(thing, Outputs)]


def add(a, b):
    for kept in outputs:
        kept.add_text("stdout", f"{a} {b}")
    return 3
