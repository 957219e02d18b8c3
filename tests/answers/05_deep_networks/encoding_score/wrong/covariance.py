# Misconception: covariance is correlation
# Hint: That is the covariance
def encoding_score(y_pred, y_test):
    return ((y_pred - y_pred.mean(0)) * (y_test - y_test.mean(0))).mean(0)
