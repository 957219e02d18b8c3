# Misconception: each bin belongs to its most probable state
# Hint: Weigh each bin by gamma
def m_step(Y, gamma, xi, dt):
    psi = np.mean(gamma[:, 0], axis=0)
    changes = np.sum(xi, axis=(0, 1))
    A = changes / changes.sum(axis=1, keepdims=True)
    gamma = np.eye(gamma.shape[2])[gamma.argmax(axis=2)]
    L = np.einsum("ntc,ntk->ck", Y, gamma) / (gamma.sum(axis=(0, 1)) * dt)
    return psi, A, L
