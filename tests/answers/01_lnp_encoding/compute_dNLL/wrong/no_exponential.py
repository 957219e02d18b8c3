# Misconception: the model is linear
# Hint: The exponential is missing
def compute_dNLL(k, x, y):
    return (x @ k - y) @ x
