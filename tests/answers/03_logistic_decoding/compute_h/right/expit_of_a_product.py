# Approach: all on its own, with expit
def compute_h(theta, X):
    from scipy.special import expit
    return expit(X @ theta)
