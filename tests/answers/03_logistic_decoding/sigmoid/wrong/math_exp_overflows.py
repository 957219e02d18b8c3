# Misconception: math.exp takes any number
# Hint: OverflowError
def sigmoid(z):
    from math import exp
    values = np.asarray(z, dtype=float)
    return np.array([1 / (1 + exp(-v)) for v in values.ravel()]).reshape(values.shape)
