# Misconception: accuracy is accuracy
# Hint: not on the training trials
def test_accuracy(X_train, y_train, X_test, y_test):
    return evaluate_accuracy(fit(X_train, y_train), X_train, y_train)
