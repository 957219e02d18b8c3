# Misconception: the parameters are always given
# Hint: Your code raised
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    return np.exp(X @ theta)
