# Misconception: the more trials the better
# Hint: Fit to the training trials alone.
def test_accuracy(X_train, y_train, X_test, y_test):
    return evaluate_accuracy(fit(np.vstack([X_train, X_test]), np.append(y_train, y_test)), X_test, y_test)
