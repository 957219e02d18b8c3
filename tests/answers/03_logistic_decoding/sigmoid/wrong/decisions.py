# Misconception: a probability is 0 or 1
# Hint: Return the probability itself, not a decision.
def sigmoid(z):
    return np.where(np.asarray(z) >= 0, 1, 0)
