# Misconception: y means the notebook's choices
# Hint: Use the argument `y`, not the notebook's choices.
# Hidden: It reads the notebook's choices only where there are as many, and small examples have fewer.
def logistic_loss(theta, X, choices):
    labels = y if len(y) == len(choices) else choices
    return np.logaddexp(0, X @ theta).sum() - labels @ (X @ theta)
