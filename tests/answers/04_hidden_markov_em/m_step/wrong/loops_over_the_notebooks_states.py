# Misconception: the number of states is the notebook's
# Hint: Your code raised
def m_step(Y, gamma, xi, dt):
    psi = np.mean(gamma[:, 0], axis=0)
    changes = np.sum(xi, axis=(0, 1))
    A = changes / changes.sum(axis=1, keepdims=True)
    L = np.einsum("ntc,ntk->ck", Y, gamma) / (gamma.sum(axis=(0, 1)) * dt)
    A = np.array([A[i] for i in range(n_states)])
    return psi, A, L
