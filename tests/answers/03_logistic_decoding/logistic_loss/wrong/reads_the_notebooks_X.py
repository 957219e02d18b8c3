# Misconception: X means the notebook's trials
# Hint: Use the argument `X`, not the notebook's.
# Hidden: It reads the notebook's trials only where there are as many, and small examples have fewer.
def logistic_loss(theta, inputs, y):
    A = X if X.shape == inputs.shape else inputs
    return np.logaddexp(0, A @ theta).sum() - y @ (A @ theta)
