# Slip: commit with the marks of a conflict.
<<<<<<< HEAD
def add(a, b):
    return a
=======
def add(a, b):
    return b
>>>>>>> mine
