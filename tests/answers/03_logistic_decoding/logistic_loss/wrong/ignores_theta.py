# Misconception: theta is zero at the start
# Hint: Use the argument theta: its weights matter.
def logistic_loss(theta, X, y):
    return len(y) * np.log(2)
