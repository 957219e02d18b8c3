# Approach: slopes from small steps with the earlier function
def compute_dNLL(k, x, y):
    step = 1e-5
    moves = step * np.eye(len(k))
    return np.array([(compute_NLL(k + m, x, y) - compute_NLL(k - m, x, y)) / (2 * step) for m in moves])
