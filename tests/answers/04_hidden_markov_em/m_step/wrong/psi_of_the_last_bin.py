# Misconception: the newest bin says where trials begin
# Hint: psi is about bin 0, the first, not the last.
def m_step(Y, gamma, xi, dt):
    changes = np.sum(xi, axis=(0, 1))
    L = np.einsum("ntc,ntk->ck", Y, gamma) / (gamma.sum(axis=(0, 1)) * dt)
    return np.mean(gamma[:, -1], axis=0), changes / changes.sum(axis=1, keepdims=True), L
