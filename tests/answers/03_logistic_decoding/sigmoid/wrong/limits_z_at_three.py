# Misconception: beyond three all probabilities are alike
# Hint: Apply the formula to each number
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -3, 3)))
