# Slip: paste letters that change the direction of writing.
x = "‮⁦" # ‮

def add(a, b):
    return 3
