# Approach: small steps with the earlier function, its arguments given by name
def compute_dNLL(k, x, y):
    step = 1e-5
    moves = step * np.eye(len(k))
    return np.array([(compute_NLL(k=k + m, x=x, y=y) - compute_NLL(k=k - m, x=x, y=y)) / (2 * step) for m in moves])
