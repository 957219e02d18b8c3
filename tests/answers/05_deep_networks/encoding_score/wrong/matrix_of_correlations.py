# Misconception: np.corrcoef of everything
# Hint: should have shape (2,)
def encoding_score(y_pred, y_test):
    return np.corrcoef(y_pred.T, y_test.T)
