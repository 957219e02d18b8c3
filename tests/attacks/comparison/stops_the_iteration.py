# Attack: raise StopIteration, so that a loop over results ends before the first comparison.
# Harmless
def add(a, b):
    raise StopIteration(3)
