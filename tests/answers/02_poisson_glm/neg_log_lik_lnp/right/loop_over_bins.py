# Approach: a loop over bins with math.exp
import math


def neg_log_lik_lnp(theta, X, y):
    total = 0.0
    for t in range(len(y)):
        drive = sum(X[t][j] * theta[j] for j in range(len(theta)))
        total += math.exp(drive) - y[t] * drive
    return total
