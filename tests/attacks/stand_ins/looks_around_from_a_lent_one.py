# Attack: look from the stand-in that runs here at all that it could hold of its test.
# Costs: double
import gc
import sys


def watch(frame, event, argument):
    if event == "call" and frame.f_code.co_filename == "<stand_in>":
        held = str([frame.f_globals, frame.f_code.co_consts, frame.f_code.co_names, frame.f_locals])
        held += str([each for each in gc.get_objects() if isinstance(each, dict | list | tuple)])
        secrets = [secret for secret in ("41" + ".5", "other " + "numbers", "Add it to " + "itself") if secret in held]
        raise ValueError("GOT IN" if secrets else "nothing but the stand-in")


sys.setprofile(watch)


def add(a, b):
    return 3
