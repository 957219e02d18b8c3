# Misconception: absolute differences do as well as squared ones.
# Hint: Square the differences before you add them up over cells, and take no root of the sum
def match_states(psi, A, L, L_true):
    cost = np.abs(np.asarray(L_true)[:, :, None] - np.asarray(L)[:, None, :]).sum(axis=0)
    _, order = linear_sum_assignment(cost)
    return psi[order], A[np.ix_(order, order)], L[:, order]
