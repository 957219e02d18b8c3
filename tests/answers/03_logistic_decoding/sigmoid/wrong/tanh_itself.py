# Misconception: a squashing function is a squashing function
# Hint: This is the hyperbolic tangent
def sigmoid(z):
    return np.tanh(z)
