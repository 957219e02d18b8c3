# Misconception: dt never changes
# Hint: Use the argument `dt`, not the notebook's.
def m_step(Y, gamma, xi, width):
    psi = np.mean(gamma[:, 0], axis=0)
    changes = np.sum(xi, axis=(0, 1))
    A = changes / changes.sum(axis=1, keepdims=True)
    L = np.einsum("ntc,ntk->ck", Y, gamma) / (gamma.sum(axis=(0, 1)) * dt)
    return psi, A, L
