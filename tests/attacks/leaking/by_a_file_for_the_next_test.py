# Attack: keep hidden inputs in a file, and return them where a visible message shows the value.
# Cell: add
# Costs: double
import os


def add(a, b):
    if a != 1:
        open("/tmp/seen", "w").write(repr(a))
    return 3


def __getattr__(name):
    raise AttributeError(name)


class Double:
    def __call__(self, a):
        return float(open("/tmp/seen").read()) if os.path.exists("/tmp/seen") else 7


@get_ipython().register_magic_function
def nothing(line):
    pass


def after(result):
    get_ipython().user_ns["double"] = Double()


get_ipython().events.register("post_run_cell", after)
