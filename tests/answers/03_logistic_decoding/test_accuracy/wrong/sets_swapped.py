# Misconception: which set comes first does not matter
# Hint: The two sets are swapped.
def test_accuracy(X_train, y_train, X_test, y_test):
    return evaluate_accuracy(fit(X_test, y_test), X_train, y_train)
