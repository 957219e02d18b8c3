# Misconception: the result has the type of the input
# Hint: Your result holds integers and cuts off decimals
def sigmoid(z):
    result = np.zeros_like(z)
    result[...] = 1 / (1 + np.exp(-np.clip(z, -500, 500)))
    return result
