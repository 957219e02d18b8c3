# Approach: gradient descent with halved steps; prints the loss and warns when it gives up
import warnings


def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    theta, alpha = np.zeros(d + 1), 1.0 / len(stim)
    loss = neg_log_lik_lnp(theta, X, spikes)
    for i in range(5000):
        slope = X.T @ (np.exp(X @ theta) - spikes)
        if slope @ slope < 1e-6:
            break
        alpha *= 2
        while True:
            new = theta - alpha * slope
            new_loss = neg_log_lik_lnp(new, X, spikes)
            if new_loss <= loss - 0.3 * alpha * slope @ slope or alpha < 1e-14:
                break
            alpha /= 2
        theta, loss = new, new_loss
    else:
        warnings.warn("stopped before the end")
    print("loss", loss, "after", i, "steps")
    return theta
