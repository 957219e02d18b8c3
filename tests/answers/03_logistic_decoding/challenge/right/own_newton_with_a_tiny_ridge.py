# Approach: Newton's method, with a whisper of a penalty so that separable trials do no harm
def logistic_regression(X, y, X_new):
    theta = np.zeros(X.shape[1])
    for _ in range(40):
        z = np.clip(X @ theta, -500, 500)
        h = 1 / (1 + np.exp(-z))
        H = (X.T * (h * (1 - h))) @ X + 1e-6 * np.eye(len(theta))
        theta = theta - np.linalg.solve(H, X.T @ (h - y) + 1e-6 * theta)
    return theta, 1 / (1 + np.exp(-np.clip(X_new @ theta, -500, 500)))
