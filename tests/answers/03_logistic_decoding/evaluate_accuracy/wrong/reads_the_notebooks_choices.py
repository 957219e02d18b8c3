# Misconception: y means the notebook's choices
# Hint: Use the argument `y`, not the notebook's.
def evaluate_accuracy(theta_hat, X, choices):
    labels = y if len(y) == len(choices) else choices
    return np.mean((X @ theta_hat >= 0) == labels)
