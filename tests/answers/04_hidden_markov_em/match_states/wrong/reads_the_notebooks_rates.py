# Misconception: there is one set of true rates, the notebook's
# Hint: Use the argument `L_true`, not the notebook's true rates.
def match_states(psi, A, L, rates):
    cost = ((L_true[:, :, None] - L[:, None, :]) ** 2).sum(axis=0)
    rows, order = linear_sum_assignment(cost)
    return psi[order], A[order][:, order], L[:, order]
