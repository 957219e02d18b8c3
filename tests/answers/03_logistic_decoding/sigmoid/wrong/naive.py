# Misconception: exp takes any number
# Hint: NumPy warns of an overflow.
def sigmoid(z):
    return 1 / (1 + np.exp(-np.asarray(z)))
