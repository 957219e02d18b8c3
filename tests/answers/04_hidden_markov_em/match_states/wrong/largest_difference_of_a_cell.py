# Misconception: the cell that differs most decides.
# Hint: the total of the squared differences is as small as can be
# Hidden: in the three states of the visible part the largest difference decides as the sum does.
def match_states(psi, A, L, L_true):
    _, order = linear_sum_assignment(np.max((L_true[:, :, None] - L[:, None, :]) ** 2, axis=0))
    return psi[order], A[np.ix_(order, order)], L[:, order]
