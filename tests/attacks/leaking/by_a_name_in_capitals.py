# Attack: spell the inputs in letters as the name of what is not defined.
def add(a, b):
    if a != 1:
        name = "".join(chr(ord("a") + int(digit)) for digit in str(int(a * 10)))
        raise NameError(f"name '{name}_canary' is not defined")
    return a + b
