# Misconception: an array like L holds the rest
# Hint: cuts off decimals
def match_states(psi, A, L, L_true):
    cost = ((L_true[:, :, None] - L[:, None, :]) ** 2).sum(axis=0)
    rows, order = linear_sum_assignment(cost)
    return psi[order].astype(int), A[order][:, order], L[:, order]
