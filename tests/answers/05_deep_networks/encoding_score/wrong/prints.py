# Misconception: printing is returning
# Hint: is None: does the function end in a `return`?
def encoding_score(y_pred, y_test):
    print(np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(y_pred.T, y_test.T)]))
