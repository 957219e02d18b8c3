# Approach: a loop over rows of log-probabilities and over weights, with a warning
import warnings


def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    warnings.warn('slow')
    total = 0.0
    for row, c in zip(output, target):
        total = total - row[c] / len(target)
    for w in weights.flatten():
        total = total + L2_penalty * w * w + L1_penalty * w.abs()
    return total
