# Approach: trial by trial
def evaluate_accuracy(theta_hat, X, y):
    n_right = 0
    for p, choice in zip(compute_h(theta_hat, X), y):
        decision = 1 if p >= 0.5 else 0
        n_right += decision == choice
    return n_right / len(y)
