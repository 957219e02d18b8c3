# Misconception: a decoder must know its trials
# Hint: The decoder may not see the test trials
def test_accuracy(X_train, y_train, X_test, y_test):
    return evaluate_accuracy(fit(X_test, y_test), X_test, y_test)
