# Misconception: integer result
# Hint: Your result is cut off to a whole number.
def test_accuracy(X_train, y_train, X_test, y_test):
    return int(evaluate_accuracy(fit(X_train, y_train), X_test, y_test))
