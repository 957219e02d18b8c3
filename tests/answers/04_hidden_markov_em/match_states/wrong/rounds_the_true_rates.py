# Misconception: rates are whole numbers.
# Hint: the total of the squared differences is as small as can be
# Hidden: the true rates of the visible part are whole numbers, to be easy to read.
def match_states(psi, A, L, L_true):
    cost = np.sum((np.round(L_true)[:, :, None] - L[:, None, :]) ** 2, axis=0)
    _, order = linear_sum_assignment(cost)
    return psi[order], A[np.ix_(order, order)], L[:, order]
