# Misconception: states are alike whose rates correlate.
# Hint: not how like the directions are or how they correlate
def match_states(psi, A, L, L_true):
    n_states = len(psi)
    alike = np.corrcoef(np.transpose(L_true), np.transpose(L))[:n_states, n_states:]
    _, order = linear_sum_assignment(-alike)
    return psi[order], A[np.ix_(order, order)], L[:, order]
