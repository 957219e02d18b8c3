# Misconception: the fraction of errors is asked
# Hint: This is the fraction of errors.
def test_accuracy(X_train, y_train, X_test, y_test):
    return 1 - evaluate_accuracy(fit(X_train, y_train), X_test, y_test)
