# Misconception: only the filter predicts; the bias is there for the fit alone
# Hint: Then the bias is missing: multiply the matrix with its ones by all weights.
def predict_spike_counts_lg(stim, spikes, d=25):
    X = make_design_matrix(stim, d)
    Xb = np.column_stack([np.ones(len(stim)), X])
    theta = np.linalg.lstsq(Xb, spikes, rcond=None)[0]
    return X @ theta[1:]
