# Slip: declare a name nonlocal that no function has.
def add(a, b):
    nonlocal total
    return b
