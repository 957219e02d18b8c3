# Misconception: one number says how good the model is
# Hint: without averaging over neurons
def encoding_score(y_pred, y_test):
    return np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(y_pred.T, y_test.T)]).mean()
