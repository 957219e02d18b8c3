# Approach: scipy's log_expit, and a warning
def logistic_loss(theta, X, y):
    import warnings
    from scipy.special import log_expit
    warnings.warn('look')
    z = transform_inputs(theta, X)
    return -(log_expit(z) @ y + log_expit(-z) @ (1 - y))
