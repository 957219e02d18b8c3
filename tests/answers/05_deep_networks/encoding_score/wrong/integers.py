# Misconception: results have the type of the data
# Hint: encoding_score for 3 neurons and 3 stimuli
def encoding_score(y_pred, y_test):
    return np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(y_pred.T, y_test.T)]).astype(np.asarray(y_test).dtype)
