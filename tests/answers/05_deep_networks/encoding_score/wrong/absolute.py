# Misconception: the sign does not matter
# Hint: The sign counts
def encoding_score(y_pred, y_test):
    return np.abs(np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(y_pred.T, y_test.T)]))
