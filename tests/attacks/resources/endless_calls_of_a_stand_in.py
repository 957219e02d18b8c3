# Attack: keep the test process busy with calls of its stand-in, with the alarm switched off.
# Cell: double
import signal


def double(a):
    signal.setitimer(signal.ITIMER_REAL, 0)
    while True:
        add(a, a)
