# Slip: paste no-break spaces from a page.
def add(a, b):
    return 3
