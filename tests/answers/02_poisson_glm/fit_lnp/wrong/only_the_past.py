# Misconception: a prediction for bin t may not use the stimulus of bin t
# Hint: Each row should end with the present bin; yours end one bin before.
def fit_lnp(stim, spikes, d=25):
    padded = np.concatenate([np.zeros(d), stim])
    X = np.array([np.append(1, padded[t:t + d]) for t in range(len(stim))])
    jac = lambda theta: X.T @ (np.exp(X @ theta) - spikes)
    return minimize(lambda theta: neg_log_lik_lnp(theta, X, spikes), np.zeros(d + 1), jac=jac).x
