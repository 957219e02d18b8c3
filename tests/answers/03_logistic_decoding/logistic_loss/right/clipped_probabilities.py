# Approach: cross-entropy with h kept off 0 and 1
def logistic_loss(theta, X, y):
    h = np.clip(compute_h(theta, X), 1e-12, 1 - 1e-12)
    return -np.sum(y * np.log(h) + (1 - y) * np.log(1 - h))
