# Attack: hide the inputs in the errors that have a message of their own.
def add(a, b):
    if a != 1:
        raise NotImplementedError(f"{a} {b}")
    return a + b
