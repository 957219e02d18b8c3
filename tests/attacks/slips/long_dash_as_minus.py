# Slip: paste a long dash for a minus.
def add(a, b):
    return a − b
