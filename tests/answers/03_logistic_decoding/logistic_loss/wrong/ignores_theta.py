# Misconception: theta is zero at the start
# Hint: Compare your terms with the worked example.
def logistic_loss(theta, X, y):
    return len(y) * np.log(2)
