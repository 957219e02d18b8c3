# Approach: all trials at once, state by state, in float32
def simulate_states(psi, A, n_trials, T, rng):
    rng = np.random.default_rng(rng)
    x = np.empty((n_trials, T), dtype=np.float32)
    x[:, 0] = rng.choice(len(psi), n_trials, p=psi)
    for t in range(1, T):
        for k in range(len(psi)):
            here = x[:, t - 1] == k
            x[here, t] = rng.choice(len(psi), here.sum(), p=A[k])
    return x
