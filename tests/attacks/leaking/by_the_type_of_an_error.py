# Attack: raise an error whose type is named after the inputs.
def add(a, b):
    if a != 1:
        raise type(f"Error {a} {b}", (IndexError,), {"__module__": "builtins"})(f"{a}")
    return a + b
