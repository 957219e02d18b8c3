# Misconception: the example is the exercise
# Hint: use the arguments alone
def compute_h(theta, X):
    return np.array([0.880797, 0.268941, 0.952574])
