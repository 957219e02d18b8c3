# Attack: hoard shared memory of either kind, mapped and unmapped.
import ctypes
import mmap

libc = ctypes.CDLL(None, use_errno=True)
segments = [libc.shmget(0, 500_000_000, 0o1600) for _ in range(3)]
print("GOT IN" if max(segments) >= 0 else "nothing")
try:
    shared = [mmap.mmap(-1, 900_000_000) for _ in range(4)]
    for area in shared:
        area.write(b"x" * len(area))
except (OSError, MemoryError, ValueError):
    pass


def add(a, b):
    return 3
