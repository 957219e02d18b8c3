# Attack: walk over every object of the process for something that knows the answer.
# Harmless
import gc

answers = [
    thing for thing in gc.get_objects() if isinstance(thing, dict) and str(40 + 1.5) in str(list(thing.values())[:5])
]


def add(a, b):
    return answers[0] if answers else 3
