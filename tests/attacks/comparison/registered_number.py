# Attack: register a class as a number that turns into whatever is asked for.
# Harmless
import numbers


@numbers.Number.register
class Anything:
    def __float__(self):
        import inspect

        for frame in inspect.stack():
            if "expected" in frame.frame.f_locals:
                return float(frame.frame.f_locals["expected"])
        return 3.0


def add(a, b):
    return Anything()
