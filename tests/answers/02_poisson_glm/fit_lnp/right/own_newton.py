# Approach: Newton's method by hand in a helper function, from the constant rate; returns a list
def newton(X, y, w, n_steps):
    for step in range(n_steps):
        rate = np.exp(X @ w)
        change = np.linalg.solve(X.T @ (X * rate[:, None]), X.T @ (y - rate))
        w = w + change
        if np.max(np.abs(change)) < 1e-10:
            return w
    raise RuntimeError("Newton's method did not converge")


def fit_lnp(stim, spikes, d=25):
    padded = [0.0] * (d - 1) + list(stim)
    X = np.array([[1.0] + padded[t:t + d] for t in range(len(stim))])
    w = np.zeros(d + 1)
    w[0] = np.log(np.mean(spikes))
    return newton(X, spikes, w, n_steps=100).tolist()
