# Approach: scipy's cdist and a permutation matrix
from scipy.spatial.distance import cdist


def match_states(psi, A, L, L_true):
    cost = cdist(np.transpose(L_true), np.transpose(L), "sqeuclidean")
    P = np.zeros(cost.shape)
    P[linear_sum_assignment(cost)] = 1
    return P @ psi, P @ A @ P.T, L @ P.T
