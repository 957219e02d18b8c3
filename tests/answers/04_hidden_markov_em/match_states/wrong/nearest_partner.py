# Misconception: each state takes its nearest partner, used or not
# Hint: Each learnt state is used once
def match_states(psi, A, L, L_true):
    cost = ((L_true[:, :, None] - L[:, None, :]) ** 2).sum(axis=0)
    order = cost.argmin(axis=1)
    return psi[order], A[order][:, order], L[:, order]
