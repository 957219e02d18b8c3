# Slip: leave a breakpoint in.
def add(a, b):
    breakpoint()
    return 3
