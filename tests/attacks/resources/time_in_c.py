# Attack: spend the time where no signal handler of Python runs.
def add(a, b):
    return 3 ** (10**9)
