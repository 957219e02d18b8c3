# Attack: trace every frame and change the locals of those that compare.
# Harmless
import sys


def trace(frame, event, argument):
    if frame.f_code.co_name == "check_close":
        frame.f_locals["expected"] = frame.f_locals["actual"]
        frame.f_trace_lines = True
        frame.f_lineno = frame.f_code.co_firstlineno
    return trace


sys.settrace(trace)
sys.setprofile(lambda *args: None)


def add(a, b):
    return 3
