# Misconception: the order is the result
# Hint: Return three things: psi, A and L.
def match_states(psi, A, L, L_true):
    cost = ((L_true[:, :, None] - L[:, None, :]) ** 2).sum(axis=0)
    rows, order = linear_sum_assignment(cost)
    return order
