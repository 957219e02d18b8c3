# Misconception: the part of variance that is explained
# Hint: encoding_score([[1, 2]
def encoding_score(y_pred, y_test):
    return 1 - ((y_pred - y_test) ** 2).sum(0) / ((y_test - y_test.mean(0)) ** 2).sum(0)
