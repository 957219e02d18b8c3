# Attack: fill the memory with bytes in a call, and catch that there is no more.
def add(a, b):
    hoard = []
    try:
        while True:
            hoard.append(bytearray(50_000_000))
    except MemoryError:
        return 3
