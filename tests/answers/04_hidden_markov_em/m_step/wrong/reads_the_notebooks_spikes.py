# Misconception: there is one array of spikes, the notebook's
# Hint: Use the argument `Y`, not the notebook's spikes.
def m_step(counts, gamma, xi, dt):
    psi = np.mean(gamma[:, 0], axis=0)
    changes = np.sum(xi, axis=(0, 1))
    A = changes / changes.sum(axis=1, keepdims=True)
    L = np.einsum("ntc,ntk->ck", Y, gamma) / (gamma.sum(axis=(0, 1)) * dt)
    return psi, A, L
