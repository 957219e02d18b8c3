# Misconception: printing is returning
# Hint: does the function end in a `return`?
def fit(X, y):
    w = minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method='L-BFGS-B').x
    print(w)
