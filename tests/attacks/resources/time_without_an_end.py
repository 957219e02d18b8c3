# Attack: swallow the interruption and go on.
def add(a, b):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
