# Misconception: regression is regression
# Hint: This is least squares.
def fit(X, y):
    return np.linalg.lstsq(X, y, rcond=None)[0]
