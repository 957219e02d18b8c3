# Misconception: the slope at zero will do
# Hint: Your function does not use its argument k.
def compute_dNLL(k, x, y):
    return (1.0 - y) @ x
