# Misconception: the distance between two columns of rates is their cost.
# Hint: Square the differences before you add them up over cells, and take no root of the sum
from scipy.spatial.distance import cdist


def match_states(psi, A, L, L_true):
    _, order = linear_sum_assignment(cdist(np.transpose(L_true), np.transpose(L)))
    return psi[order], A[np.ix_(order, order)], L[:, order]
