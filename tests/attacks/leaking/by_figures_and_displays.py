# Attack: print, warn, draw, display and log the inputs.
import logging
import sys
import warnings

import matplotlib.pyplot as plt
from IPython.display import display


def add(a, b):
    text = f"{a} {b} {a + b}"
    print(text)
    print(text, file=sys.stderr)
    warnings.warn(text)
    logging.error(text)
    plt.title(text)
    display(text)
    return 3
