# Attack: replace the code objects of the course's checks, so that every reference to them is harmless.
# Harmless
from neurocourse import checks


def nothing(actual, expected, *, name, hint="", mistakes=None, rtol=1e-5, atol=1e-8, show_expected=False):
    return None


checks.check_close.__code__ = nothing.__code__


def add(a, b):
    return 3
