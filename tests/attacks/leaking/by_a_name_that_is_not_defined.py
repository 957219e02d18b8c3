# Attack: raise the error of an undefined name that is made of the inputs.
def add(a, b):
    if a != 1:
        raise NameError(f"name 'x{str(a).replace('.', '_')}' is not defined")
    return a + b
