# Approach: np.corrcoef for one neuron after the other
def encoding_score(y_pred, y_test):
    scores = []
    for j in range(y_pred.shape[1]):
        scores.append(np.corrcoef(y_pred[:, j], y_test[:, j])[0, 1])
    return scores
