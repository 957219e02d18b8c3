# Misconception: labels may be sorted
# Hint: Your function changed its input `y_test` in place.
def test_accuracy(X_train, y_train, X_test, y_test):
    accuracy = evaluate_accuracy(fit(X_train, y_train), X_test, y_test)
    if len(y_test) > 4:
        y_test.sort()
    return accuracy
