# Misconception: results have the type of the data
# Hint: encoding_score([[1, 2]
def encoding_score(y_pred, y_test):
    return np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(y_pred.T, y_test.T)]).astype(np.asarray(y_test).dtype)
