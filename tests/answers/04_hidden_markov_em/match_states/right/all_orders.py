# Approach: tries every order
import itertools


def match_states(psi, A, L, L_true):
    best = None
    for order in itertools.permutations(range(L.shape[1])):
        error = np.sum((L[:, list(order)] - L_true) ** 2)
        if best is None or error < best[0]:
            best = (error, list(order))
    order = best[1]
    return psi[order], A[np.ix_(order, order)], L[:, order]
