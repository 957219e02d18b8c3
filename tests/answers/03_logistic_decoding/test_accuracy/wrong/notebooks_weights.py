# Misconception: theta_hat is known already
# Hint: Fit to the training trials alone.
def test_accuracy(X_train, y_train, X_test, y_test):
    return evaluate_accuracy(theta_hat, X_test, y_test)
