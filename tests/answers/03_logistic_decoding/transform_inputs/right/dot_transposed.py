# Approach: theta times the transpose
def transform_inputs(theta, X):
    return np.dot(theta, np.transpose(X))
