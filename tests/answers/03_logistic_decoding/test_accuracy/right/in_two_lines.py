# Approach: weights first, then the count, printed as well
def test_accuracy(X_train, y_train, X_test, y_test):
    weights = fit(X_train, y_train)
    accuracy = evaluate_accuracy(weights, X_test, y_test)
    print(accuracy)
    return accuracy
