# Misconception: y may be recoded in place
# Hint: Your function changed its input `y` in place.
def evaluate_accuracy(theta_hat, X, y):
    h = compute_h(theta_hat, X)
    accuracy = np.mean((h >= 0.5) == y)
    if len(y) > 4:
        y[:] = 2 * y - 1
    return accuracy
