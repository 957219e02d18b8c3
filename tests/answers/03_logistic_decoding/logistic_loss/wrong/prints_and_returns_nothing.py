# Misconception: printing is returning
# Hint: does the function end in a `return`?
def logistic_loss(theta, X, y):
    z = X @ theta
    loss = np.logaddexp(0, z).sum() - y @ z
    print(loss)
