# Misconception: an array of integers holds the sums
# Hint: Your result holds integers and cuts off decimals
def transform_inputs(theta, X):
    z = np.zeros(len(X), dtype=int)
    for i in range(len(X)):
        z[i] = theta @ X[i]
    return z
