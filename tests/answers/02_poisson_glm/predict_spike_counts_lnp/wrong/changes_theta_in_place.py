# Misconception: the argument is a scratch pad that may be overwritten
# Hint: Your function changed its input `theta` in place.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    theta[0] = np.exp(theta[0])
    return theta[0] * np.exp(make_design_matrix(stim, d) @ theta[1:])
