# Misconception: forgets the rates
# Hint: The sum of exponentials is missing.
def compute_NLL(k, x, y):
    return -(y @ x @ k)
