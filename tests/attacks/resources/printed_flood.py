# Attack: print without end.
# Noted
while True:
    print("x" * 100_000)


def add(a, b):
    return 3
