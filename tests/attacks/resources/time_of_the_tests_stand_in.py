# Attack: make the test process compute something huge through a stand-in.
# Cell: double
import numpy as np


def double(a):
    try:
        add(np.ones((60_000, 1)), np.ones((1, 60_000)))
    except Exception:
        pass
    return 9
