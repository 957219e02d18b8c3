# Misconception: least squares with an exponential is the Poisson likelihood
# Hint: This is the least squared error of the rates. Minimise the negative log likelihood instead.
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])

    def loss(theta):
        return np.sum((spikes - np.exp(X @ theta)) ** 2)

    return minimize(loss, np.zeros(d + 1)).x
