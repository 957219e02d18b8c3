# Misconception: y means the notebook's choices
# Hint: Use the argument `y`, not the notebook's choices.
def fit(X, choices):
    labels = y if len(y) == len(choices) else choices
    return minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, labels), jac=decoding.loss_gradient).x
