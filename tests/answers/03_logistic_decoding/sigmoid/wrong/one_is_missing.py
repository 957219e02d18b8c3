# Misconception: the odds are the probability
# Hint: Add 1 in the denominator.
def sigmoid(z):
    return 1 / np.exp(-np.clip(z, -500, 500))
