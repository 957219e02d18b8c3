# Misconception: after matching, the rates are the true ones
# Hint: Return the learnt rates in a new order, not the true ones.
def match_states(psi, A, L, L_true):
    cost = ((L_true[:, :, None] - L[:, None, :]) ** 2).sum(axis=0)
    rows, order = linear_sum_assignment(cost)
    return psi[order], A[order][:, order], L_true
