# Misconception: transitions have no order
# Hint: A is as it was
def match_states(psi, A, L, L_true):
    cost = ((L_true[:, :, None] - L[:, None, :]) ** 2).sum(axis=0)
    rows, order = linear_sum_assignment(cost)
    return psi[order], A, L[:, order]
