# Misconception: bins are 0.1 s wide
# Hint: divides by the width of the first example's bins
def m_step(Y, gamma, xi, dt):
    psi = np.mean(gamma[:, 0], axis=0)
    changes = np.sum(xi, axis=(0, 1))
    A = changes / changes.sum(axis=1, keepdims=True)
    L = np.einsum("ntc,ntk->ck", Y, gamma) / (gamma.sum(axis=(0, 1)) * 0.1)
    return psi, A, L
