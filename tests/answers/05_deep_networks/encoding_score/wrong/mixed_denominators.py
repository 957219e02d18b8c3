# Misconception: n and n - 1 are nearly the same
# Hint: encoding_score([[1, 2]
def encoding_score(y_pred, y_test):
    p = (y_pred - y_pred.mean(0)) / y_pred.std(0, ddof=1)
    t = (y_test - y_test.mean(0)) / y_test.std(0, ddof=1)
    return (p * t).mean(0)
