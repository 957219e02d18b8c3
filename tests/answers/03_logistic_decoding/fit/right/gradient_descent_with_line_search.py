# Approach: gradient descent with backtracking, returns a list
def fit(X, y):
    theta, step = np.zeros(X.shape[1]), 1.0
    loss = logistic_loss(theta, X, y)
    for _ in range(3000):
        slope = decoding.loss_gradient(theta, X, y)
        if np.linalg.norm(slope) < 1e-3:
            break
        step *= 2
        while logistic_loss(theta - step * slope, X, y) > loss - 0.5 * step * slope @ slope:
            step /= 2
        theta = theta - step * slope
        loss = logistic_loss(theta, X, y)
    return theta.tolist()
