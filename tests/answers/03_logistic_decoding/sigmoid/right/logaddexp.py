# Approach: the exponential of a logarithm that cannot overflow
def sigmoid(z):
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))
