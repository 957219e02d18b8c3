"""Gathers a process's memory into large pages, so that forks of it cost less.

    gather ─▶ imports ─▶ settle ─▶ forks

A fork copies an entry for each page, and the end of the fork gives it back. With scikit-learn imported, both
together take 11 ms with pages of 4 kB, 6 ms with what can be made pages of 2 MB by `settle` alone, and 4.5 ms
after `gather`. A page can only be large where 2 MB of memory lie in one piece. Python asks the kernel for 1
MB at a time, and gets it between the libraries that are loaded meanwhile. So while a process imports, Python
takes these pieces from the heap, which is one. If a fork writes to a large page, the kernel cuts it into
small pages again.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Iterator
from pathlib import Path

_LARGE = 1 << 21
_COLLAPSE = 25  # MADV_COLLAPSE: Linux 6.1 and later; others refuse it, and all stays as it is
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of mallopt
_RAW = 0  # PYMEM_DOMAIN_RAW
_kernel = ctypes.CDLL(None)
_kernel.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
_python = ctypes.pythonapi


class _Arenas(ctypes.Structure):
    """From where Python has the memory of small objects: PyObjectArenaAllocator of its C API."""

    _fields_ = (("context", ctypes.c_void_p), ("give", ctypes.c_void_p), ("take_back", ctypes.c_void_p))


class _Heap(ctypes.Structure):
    """From where it has other memory, which is malloc and free of the C library: PyMemAllocatorEx."""

    _fields_ = tuple((name, ctypes.c_void_p) for name in ("context", "malloc", "calloc", "realloc", "free"))


def gather() -> Callable[[], None]:
    """Get this process ready to import, and return what makes it, or a fork of it, an ordinary one again.

    Until then Python takes memory from the heap, and does not search for garbage: imports leave next to none,
    and a search in the middle of them takes longer than they do.
    """
    gc.disable()
    if hasattr(_kernel, "mallopt"):  # the C library is glibc
        _kernel.mallopt(_MMAP_THRESHOLD, 16 * _LARGE)  # the largest that it takes
        _kernel.mallopt(_TRIM_THRESHOLD, 64 * _LARGE)
    ordinary, heap = _Arenas(), _Heap()
    _python.PyObject_GetArenaAllocator(ctypes.byref(ordinary))
    _python.PyMem_GetAllocator(_RAW, ctypes.byref(heap))
    # The heap never gave what Python has so far. These objects keep Python from giving it back there. They
    # stay to the end: to let go of them would touch, and so copy, 560 pages in a fork.
    _python.Py_IncRef(ctypes.py_object(gc.get_objects()))
    # The size that Python tells whoever takes memory back is an argument more than `free` looks at.
    _python.PyObject_SetArenaAllocator(ctypes.byref(_Arenas(heap.context, heap.malloc, heap.free)))

    def be_ordinary() -> None:
        _python.PyObject_SetArenaAllocator(ctypes.byref(ordinary))
        gc.enable()

    return be_ordinary


def settle() -> None:
    """Make this process, which has imported what it will need, cheap to fork."""
    gc.freeze()  # a collection in a fork would touch, and so copy, the memory of all of it
    for begin, end in _own_memory():
        begin, end = -(-begin // _LARGE) * _LARGE, end // _LARGE * _LARGE
        if begin < end:
            _kernel.madvise(begin, end - begin, _COLLAPSE)


def _own_memory() -> Iterator[tuple[int, int]]:
    """Yield where writable memory begins and ends that belongs to no file.

    Other lines end in the names of files, which can be any bytes.
    """
    for line in Path("/proc/self/maps").read_bytes().split(b"\n"):
        addresses, rights, _, _, inode, *_ = [*line.split(None, 5), *[b""] * 5]
        if rights == b"rw-p" and inode == b"0":
            begin, end = (int(address, 16) for address in addresses.split(b"-"))
            yield begin, end
