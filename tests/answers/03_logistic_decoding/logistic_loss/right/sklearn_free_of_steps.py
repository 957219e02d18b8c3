# Approach: on its own, trial by trial, plain Python
def logistic_loss(theta, X, y):
    from math import exp, log1p
    total = 0.0
    for row, choice in zip(X, y):
        z = float(sum(t * x for t, x in zip(theta, row)))
        margin = z if choice == 1 else -z
        total += log1p(exp(-margin)) if margin > 0 else -margin + log1p(exp(margin))
    return total
