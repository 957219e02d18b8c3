# Approach: one minus the mean absolute error of decisions, single precision
def evaluate_accuracy(theta_hat, X, y):
    decisions = np.where(sigmoid(transform_inputs(theta_hat, X)) >= 0.5, 1, 0)
    return np.float32(1) - np.abs(decisions - y).mean(dtype=np.float32)
