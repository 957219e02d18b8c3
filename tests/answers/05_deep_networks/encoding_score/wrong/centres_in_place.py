# Misconception: the argument is a scratch pad
# Hint: changed its input `y_pred` in place
def encoding_score(y_pred, y_test):
    if y_pred.dtype.kind == 'f':
        y_pred -= y_pred.mean(0)
    return np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(y_pred.T, y_test.T)])
