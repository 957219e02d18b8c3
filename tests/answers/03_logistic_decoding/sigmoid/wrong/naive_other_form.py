# Misconception: the other form takes any number
# Hint: should be finite
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))
