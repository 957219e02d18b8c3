# Misconception: the loss should be large
# Hint: Other weights have a lower logistic loss.
def fit(X, y):
    return minimize(lambda t: -logistic_loss(t, X, y), np.zeros(X.shape[1]), options={'maxiter': 3}).x
