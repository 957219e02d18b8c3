# Misconception: training accuracy is 1 anyway
# Hint: use the arguments alone
def evaluate_accuracy(theta_hat, X, y):
    return 1.0
