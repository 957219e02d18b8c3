# Misconception: the prediction is the notebook's
# Hint: Use the argument `y_pred`, not the notebook's prediction.
def encoding_score(y_pred, y_test):
    return np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(predicted.T, y_test.T)])
