# Misconception: two decimals are enough
# Hint: use the arguments alone
def compute_h(theta, X):
    return np.round(sigmoid(transform_inputs(theta, X)), 2)
