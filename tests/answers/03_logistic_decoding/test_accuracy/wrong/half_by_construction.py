# Misconception: chance is one half
# Hint: Fit to the training trials, and count on the test trials.
def test_accuracy(X_train, y_train, X_test, y_test):
    return 0.5
