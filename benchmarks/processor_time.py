"""Counts the processor time of this process and of all that it starts, also of what has ended meanwhile.

The kernel counts it as a *performance event* that children inherit (`man 2 perf_event_open`). Some machines
do not allow that. Then it is the time for which the machine's processors were busy: leave the machine alone.
"""

import ctypes
import os
import platform
import struct
from pathlib import Path

_NUMBERS = {"x86_64": 298, "aarch64": 241}  # of the system call, by machine
_SOFTWARE, _TASK_CLOCK, _SIZE, _INHERITED = 1, 1, 128, 1 << 1
_TICKS = os.sysconf("SC_CLK_TCK")


class ProcessorTime:
    """A clock that runs while this process, or what it starts from now on, has a processor."""

    def __init__(self):
        self._event = _open_event()

    @property
    def is_exact(self):
        """Whether it leaves out what other programs do."""
        return self._event >= 0

    def __call__(self):
        """Return seconds."""
        if not self.is_exact:
            return busy_seconds()
        return struct.unpack("Q", os.read(self._event, 8))[0] / 1e9

    def close(self):
        """Let go of the event."""
        if self.is_exact:
            os.close(self._event)
            self._event = -1


def _open_event():
    """Return the descriptor of an event of this process, or a negative number."""
    number = _NUMBERS.get(platform.machine())
    if number is None:
        return -1
    attributes = bytearray(_SIZE)
    struct.pack_into("IIQQQQQ", attributes, 0, _SOFTWARE, _SIZE, _TASK_CLOCK, 0, 0, 0, _INHERITED)
    buffer = (ctypes.c_char * _SIZE).from_buffer(attributes)
    close_on_exec = 8
    return ctypes.CDLL(None).syscall(number, buffer, 0, -1, -1, close_on_exec)


def busy_seconds():
    """Return for how long the machine's processors have not been idle."""
    fields = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    user, nice, system, _, _, *interrupts = map(int, fields[:7])
    return (user + nice + system + sum(interrupts)) / _TICKS
