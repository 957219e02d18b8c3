# Misconception: correlate each stimulus over neurons
# Hint: correlate over axis 0, the stimuli
def encoding_score(y_pred, y_test):
    return np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(y_pred, y_test)])
