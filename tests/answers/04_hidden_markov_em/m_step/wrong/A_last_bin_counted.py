# Misconception: every bin is a departure
# Hint: Leave the last bin out of the denominator
def m_step(Y, gamma, xi, dt):
    psi = np.mean(gamma[:, 0], axis=0)
    changes = np.sum(xi, axis=(0, 1))
    A = changes / gamma.sum(axis=(0, 1))[:, None]
    L = np.einsum("ntc,ntk->ck", Y, gamma) / (gamma.sum(axis=(0, 1)) * dt)
    return psi, A, L
