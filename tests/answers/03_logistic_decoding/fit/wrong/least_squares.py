# Misconception: regression is regression
# Hint: use the arguments alone
def fit(X, y):
    return np.linalg.lstsq(X, y, rcond=None)[0]
