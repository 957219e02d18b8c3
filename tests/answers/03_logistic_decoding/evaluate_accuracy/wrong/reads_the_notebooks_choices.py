# Misconception: y means the notebook's choices
# Hint: Use the argument `y`, not the notebook's.
# Hidden: It reads the notebook's choices only where there are as many, and small examples have fewer.
def evaluate_accuracy(theta_hat, X, choices):
    labels = y if len(y) == len(choices) else choices
    return np.mean((X @ theta_hat >= 0) == labels)
