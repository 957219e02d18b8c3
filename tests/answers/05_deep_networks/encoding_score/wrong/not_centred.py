# Misconception: responses have mean zero
# Hint: Subtract each neuron's mean over the stimuli first.
def encoding_score(y_pred, y_test):
    return (y_pred * y_test).sum(0) / np.sqrt((y_pred**2).sum(0) * (y_test**2).sum(0))
