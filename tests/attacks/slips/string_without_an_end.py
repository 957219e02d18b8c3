# Slip: leave a string open.
x = """never closed

def add(a, b):
    return 3
