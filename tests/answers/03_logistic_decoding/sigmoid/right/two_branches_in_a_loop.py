# Approach: number by number, math.exp of negative numbers alone
def sigmoid(z):
    from math import exp
    def one(value):
        return 1 / (1 + exp(-value)) if value >= 0 else exp(value) / (1 + exp(value))
    values = np.asarray(z, dtype=float)
    return np.array([one(v) for v in values.ravel()]).reshape(values.shape)
