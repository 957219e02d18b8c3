# Slip: return outside of a function.
return 3

def add(a, b):
    return 3
