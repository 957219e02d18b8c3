# Misconception: exp takes any number
# Hint: Is one large exponential divided by another?
def compute_h(theta, X):
    with np.errstate(all="ignore"):
        return np.exp(X @ theta) / (1 + np.exp(X @ theta))
