# Misconception: printing a result is returning it
# Hint: is None: does the function end in a `return`?
def predict_spike_counts_lg(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    theta = np.linalg.lstsq(X, spikes, rcond=None)[0]
    yhat = X @ theta
    print(yhat)
