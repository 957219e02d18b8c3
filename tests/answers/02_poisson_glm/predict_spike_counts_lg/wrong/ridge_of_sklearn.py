# Misconception: scikit-learn's Ridge is its linear regression
# Hint: Use plain least squares, without a penalty on the weights.
from sklearn.linear_model import Ridge


def predict_spike_counts_lg(stim, spikes, d=25):
    X = make_design_matrix(stim, d)
    return Ridge().fit(X, spikes).predict(X)
