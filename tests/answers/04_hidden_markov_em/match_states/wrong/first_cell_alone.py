# Misconception: one cell tells the states apart
# Hint: The total of the squared differences should be as small as can be
def match_states(psi, A, L, L_true):
    cost = ((L_true[:1, :, None] - L[:1, None, :]) ** 2).sum(axis=0)
    rows, order = linear_sum_assignment(cost)
    return psi[order], A[order][:, order], L[:, order]
