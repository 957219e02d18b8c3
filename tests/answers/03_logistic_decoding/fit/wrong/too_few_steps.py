# Misconception: a few steps are enough
# Hint: Other weights have a lower logistic loss
def fit(X, y):
    return minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method='L-BFGS-B', options={'maxiter': 2 if len(y) > 4 else 50}).x
