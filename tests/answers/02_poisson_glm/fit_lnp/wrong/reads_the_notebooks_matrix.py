# Misconception: the design matrix of the notebook can be used again
# Hint: Your code raised
def fit_lnp(stim, spikes, d=25):
    Xb = np.column_stack([np.ones(len(X)), X])
    jac = lambda theta: Xb.T @ (np.exp(Xb @ theta) - spikes)
    return minimize(lambda theta: neg_log_lik_lnp(theta, Xb, spikes), np.zeros(d + 1), jac=jac).x
