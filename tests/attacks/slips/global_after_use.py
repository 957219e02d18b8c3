# Slip: declare a name global after it was used.
def add(a, b):
    total = a
    global total
    return b
