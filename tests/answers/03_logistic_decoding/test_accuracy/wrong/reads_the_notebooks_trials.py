# Misconception: the function may use the notebook's trials
# Hint: Your code raised
def test_accuracy(a, b, c, d):
    return evaluate_accuracy(fit(X_train, y_train), X_test, y_test)
