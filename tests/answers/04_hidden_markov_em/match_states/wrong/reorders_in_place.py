# Misconception: the argument L may be overwritten
# Hint: Your function changed its input `L` in place.
def match_states(psi, A, L, L_true):
    cost = ((L_true[:, :, None] - L[:, None, :]) ** 2).sum(axis=0)
    rows, order = linear_sum_assignment(cost)
    psi, A = psi[order], A[order][:, order]
    L[:] = L[:, order]
    return psi, A, L
    return psi[order], A[order][:, order], L[:, order]
