# Misconception: printing is returning
# Hint: does the function end in a `return`?
def evaluate_accuracy(theta_hat, X, y):
    h = compute_h(theta_hat, X)
    print(np.mean((h >= 0.5) == y))
