# Slip: print the result and return nothing.
def add(a, b):
    print(a + b)
