# Approach: scikit-learn's LinearRegression, which brings its own intercept
from sklearn.linear_model import LinearRegression


def predict_spike_counts_lg(stim, spikes, d=25):
    X = make_design_matrix(stim, d)
    return LinearRegression().fit(X, spikes).predict(X)
