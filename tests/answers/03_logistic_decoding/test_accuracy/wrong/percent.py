# Misconception: accuracy is a percentage
# Hint: Return a fraction, not a percentage.
def test_accuracy(X_train, y_train, X_test, y_test):
    return 100 * evaluate_accuracy(fit(X_train, y_train), X_test, y_test)
