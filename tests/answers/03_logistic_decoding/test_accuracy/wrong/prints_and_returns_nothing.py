# Misconception: printing is returning
# Hint: does the function end in a `return`?
def test_accuracy(X_train, y_train, X_test, y_test):
    print(evaluate_accuracy(fit(X_train, y_train), X_test, y_test))
