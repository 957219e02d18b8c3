# Approach: right, with noise
def transform_inputs(theta, X):
    import warnings
    warnings.warn('look')
    print(theta)
    return (X * theta).sum(axis=1)
