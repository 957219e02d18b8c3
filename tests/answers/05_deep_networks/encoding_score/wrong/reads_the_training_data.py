# Misconception: a model is scored on what it was fitted to
# Hint: not the training responses
def encoding_score(y_pred, y_test):
    return np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(y_pred.T, resp_train.T)])
