# Misconception: the loss of section 3 holds for this model too
# Hint: This is a sum of squares, as for Gaussian noise; write the one of the Poisson model.
def neg_log_lik_lnp(theta, X, y):
    return np.sum((y - X @ theta) ** 2)
