# Misconception: the rate is the mean of the rates of trials
# Hint: yours averages the rates of trials
def m_step(Y, gamma, xi, dt):
    changes = np.sum(xi, axis=(0, 1))
    L = np.mean(np.einsum("ntc,ntk->nck", Y, gamma) / (gamma.sum(axis=1)[:, None] * dt), axis=0)
    return np.mean(gamma[:, 0], axis=0), changes / changes.sum(axis=1, keepdims=True), L
