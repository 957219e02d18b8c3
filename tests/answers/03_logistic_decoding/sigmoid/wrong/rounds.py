# Misconception: two decimals are enough
# Hint: Return the probability as it is, without rounding.
def sigmoid(z):
    return np.round(0.5 * (1 + np.tanh(np.asarray(z) / 2)), 2)
