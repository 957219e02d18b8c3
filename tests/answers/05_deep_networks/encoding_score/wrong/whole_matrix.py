# Misconception: one correlation of all numbers
# Hint: should have shape (2,)
def encoding_score(y_pred, y_test):
    return np.corrcoef(y_pred.ravel(), y_test.ravel())[0, 1]
