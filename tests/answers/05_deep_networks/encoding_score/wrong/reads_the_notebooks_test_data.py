# Misconception: the test data are the notebook's
# Hint: Use the argument `y_test`, not the notebook's responses.
def encoding_score(y_pred, y_test):
    return np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(y_pred.T, resp_test.T)])
