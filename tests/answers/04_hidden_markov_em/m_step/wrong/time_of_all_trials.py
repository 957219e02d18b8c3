# Misconception: the time is that of the experiment
# Hint: not by that of all trials
def m_step(Y, gamma, xi, dt):
    psi = np.mean(gamma[:, 0], axis=0)
    changes = np.sum(xi, axis=(0, 1))
    A = changes / changes.sum(axis=1, keepdims=True)
    L = np.einsum("ntc,ntk->ck", Y, gamma) / (gamma.shape[0] * gamma.shape[1] * dt)
    return psi, A, L
