# Approach: half of one plus a hyperbolic tangent
def sigmoid(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))
