# Misconception: the function may use the notebook's trials
# Hint: not the notebook's trials or weights.
def test_accuracy(a, b, c, d):
    return evaluate_accuracy(fit(X_train, y_train), X_test, y_test)
