# Misconception: z is compared with one half
# Hint: A probability of exactly 0.5 counts as 1.
def evaluate_accuracy(theta_hat, X, y):
    return np.mean((X @ theta_hat >= 0.5) == y)
