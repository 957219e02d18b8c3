# Misconception: the expected number of spikes is the loss
# Hint: The term with the spike counts is missing.
def neg_log_lik_lnp(theta, X, y):
    return np.exp(X @ theta).sum()
