# Misconception: psi is how often a state occurs
# Hint: psi is about bin 0 only
def m_step(Y, gamma, xi, dt):
    psi = np.mean(gamma, axis=(0, 1))
    changes = np.sum(xi, axis=(0, 1))
    A = changes / changes.sum(axis=1, keepdims=True)
    L = np.einsum("ntc,ntk->ck", Y, gamma) / (gamma.sum(axis=(0, 1)) * dt)
    return psi, A, L
