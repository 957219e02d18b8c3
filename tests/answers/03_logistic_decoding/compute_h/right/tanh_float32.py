# Approach: hyperbolic tangent in single precision
def compute_h(theta, X):
    return 0.5 + 0.5 * np.tanh((X @ theta).astype(np.float32) / 2)
