# Misconception: any method of minimize copes with 26 parameters
# Hint: Other parameters have a lower negative log likelihood
# Hidden: with the two or three parameters of a small example it does arrive
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    loss = lambda theta: neg_log_lik_lnp(theta, X, spikes)
    return minimize(loss, np.zeros(d + 1), method="Nelder-Mead").x
