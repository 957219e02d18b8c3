# Misconception: chance is one half
# Hint: gets one of the five test trials right
def test_accuracy(X_train, y_train, X_test, y_test):
    return 0.5
