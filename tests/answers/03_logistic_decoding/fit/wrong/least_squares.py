# Misconception: regression is regression
# Hint: or least squares
def fit(X, y):
    return np.linalg.lstsq(X, y, rcond=None)[0]
