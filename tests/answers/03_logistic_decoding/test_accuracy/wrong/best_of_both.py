# Misconception: the better of two accuracies may be reported
# Hint: Return the accuracy on the test trials, not on the training trials.
def test_accuracy(X_train, y_train, X_test, y_test):
    weights = fit(X_train, y_train)
    return max(evaluate_accuracy(weights, X_train, y_train), evaluate_accuracy(weights, X_test, y_test))
