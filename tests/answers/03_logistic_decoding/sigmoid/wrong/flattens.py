# Misconception: the shape does not matter
# Hint: keep the shape.
def sigmoid(z):
    return 0.5 * (1 + np.tanh(np.ravel(z) / 2)) if np.ndim(z) else 0.5 * (1 + np.tanh(z / 2))
