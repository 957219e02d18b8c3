# Misconception: the exponent is +z
# Hint: The sign is turned round: large z should come close to 1.
def sigmoid(z):
    return 1 / (1 + np.exp(np.clip(z, -500, 500)))
