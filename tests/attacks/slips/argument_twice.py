# Slip: give two arguments one name.
def add(a, a):
    return a
