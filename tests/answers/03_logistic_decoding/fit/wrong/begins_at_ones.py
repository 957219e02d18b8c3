# Misconception: where the loss is convex, any start will do
# Hint: should begin at zeros
def fit(X, y):
    found = minimize(logistic_loss, np.ones(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method="L-BFGS-B")
    if not found.success:
        raise RuntimeError(found.message)
    return found.x
