# Approach: loops over cells and states, lists
def m_step(Y, gamma, xi, dt):
    N, T, C = Y.shape
    K = gamma.shape[2]
    psi = [sum(gamma[n, 0, k] for n in range(N)) / N for k in range(K)]
    A = [[xi[:, :, i, j].sum() / xi[:, :, i].sum() for j in range(K)] for i in range(K)]
    L = [[(Y[:, :, c] * gamma[:, :, k]).sum() / gamma[:, :, k].sum() / dt for k in range(K)] for c in range(C)]
    return psi, A, L
