# Misconception: both accuracies are asked
# Hint: Return one number, the accuracy on the test trials.
def test_accuracy(X_train, y_train, X_test, y_test):
    w = fit(X_train, y_train)
    return evaluate_accuracy(w, X_train, y_train), evaluate_accuracy(w, X_test, y_test)
