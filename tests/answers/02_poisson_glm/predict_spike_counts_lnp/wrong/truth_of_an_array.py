# Misconception: `not theta` asks whether an array is None
# Hint: Your code raised ValueError: The truth value of an array with more than one element is ambiguous.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if not theta:
        theta = fit_lnp(stim, spikes, d)
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    return np.exp(X @ theta)
