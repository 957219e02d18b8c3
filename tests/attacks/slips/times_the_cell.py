# Slip: time the whole cell.
%%timeit
def add(a, b):
    return 3
