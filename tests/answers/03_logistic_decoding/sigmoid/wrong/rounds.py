# Misconception: two decimals are enough
# Hint: It is 1 / (1 + exp(-z)) for each number
def sigmoid(z):
    return np.round(0.5 * (1 + np.tanh(np.asarray(z) / 2)), 2)
