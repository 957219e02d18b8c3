# Misconception: `.success` is false where all went well
# Hint: RuntimeError: the fit did not converge
def fit(X, y):
    found = minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method="L-BFGS-B")
    if found.success:
        raise RuntimeError("the fit did not converge")
    return found.x
