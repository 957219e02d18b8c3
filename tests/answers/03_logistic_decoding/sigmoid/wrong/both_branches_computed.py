# Misconception: np.where looks at one branch only
# Hint: NumPy warns of an overflow.
def sigmoid(z):
    z = np.asarray(z)
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
