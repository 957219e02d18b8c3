# Misconception: rows of the cost may be learnt states
# Hint: This is the order turned round
def match_states(psi, A, L, L_true):
    cost = ((L_true[:, :, None] - L[:, None, :]) ** 2).sum(axis=0)
    rows, order = linear_sum_assignment(cost.T)
    return psi[order], A[order][:, order], L[:, order]
