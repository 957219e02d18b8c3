# Misconception: a printed line is an error
# Hint: raise an error where it is false.
def fit(X, y):
    found = minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method="L-BFGS-B")
    if not found.success:
        print("the fit did not converge")
    return found.x
