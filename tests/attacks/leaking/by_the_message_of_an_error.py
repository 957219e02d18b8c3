# Attack: raise the inputs in the message of an error.
def add(a, b):
    if a != 1:
        raise ValueError(f"{a} {b} {a + b}")
    return a + b
