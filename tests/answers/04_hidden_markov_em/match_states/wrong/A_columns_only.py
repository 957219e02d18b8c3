# Misconception: A has one axis of states, the second
# Hint: Put the rows of A in the new order too
def match_states(psi, A, L, L_true):
    cost = ((L_true[:, :, None] - L[:, None, :]) ** 2).sum(axis=0)
    rows, order = linear_sum_assignment(cost)
    return psi[order], A[:, order], L[:, order]
