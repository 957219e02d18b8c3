# Approach: the inverse matrix; prints the weights and warns when spikes are few
import warnings


def predict_spike_counts_lg(stim, spikes, d=25):
    X = np.c_[np.ones(len(stim)), make_design_matrix(stim, d)]
    if np.sum(spikes) < 1000:
        warnings.warn("only a few spikes")
    theta = np.linalg.inv(X.T @ X) @ X.T @ spikes
    print("bias", theta[0], "filter", theta[1:])
    yhat = []
    for row in X:
        yhat.append(np.dot(row, theta))
    return np.array(yhat)
