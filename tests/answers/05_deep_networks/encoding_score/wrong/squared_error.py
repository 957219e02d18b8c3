# Misconception: a score is an error
# Hint: encoding_score([[1, 2]
def encoding_score(y_pred, y_test):
    return ((y_pred - y_test) ** 2).mean(0)
