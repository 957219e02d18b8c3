# Approach: the departures from gamma of all bins but the last; matrices
def m_step(Y, gamma, xi, dt):
    K, C = gamma.shape[-1], Y.shape[-1]
    g, y = gamma.reshape(-1, K), Y.reshape(-1, C)
    A = xi.sum(axis=1).sum(axis=0) / gamma[:, :-1].sum(axis=(0, 1))[:, None]
    L = y.T @ g / g.sum(axis=0) / dt
    return gamma[:, 0].sum(axis=0) / len(gamma), A, L
