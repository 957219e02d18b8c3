# Misconception: once the first states are drawn from rng, the moves may have random numbers of their own.
# Hint: From the same first state, another seed goes the same way
def simulate_states(psi, A, n_trials, T, rng):
    rng = np.random.default_rng(rng)
    states = np.zeros((n_trials, T), dtype=int)
    states[:, 0] = rng.choice(len(psi), n_trials, p=psi)
    draws = np.random.default_rng(0).random((n_trials, T))
    for t in range(1, T):
        states[:, t] = np.sum(draws[:, t, None] > np.cumsum(A, axis=1)[states[:, t - 1], :-1], axis=1)
    return states
