# Attack: return an object of a class that is named after the inputs.
def add(a, b):
    return 3 if a == 1 else type(f"C{a}", (), {})()
