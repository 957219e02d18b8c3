# Misconception: theta_hat is known already
# Hint: Your code raised ValueError
def test_accuracy(X_train, y_train, X_test, y_test):
    return evaluate_accuracy(theta_hat, X_test, y_test)
