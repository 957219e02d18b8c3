# Misconception: any base will do
# Hint: The exponent is -z itself, with base e.
def sigmoid(z):
    return 1 / (1 + 2.0 ** -np.clip(z, -500, 500))
