# Misconception: what is no seed is no use, so a generator is replaced by one of its own.
# Hint: Draw from the generator that you are given: do not seed another one.
def simulate_states(psi, A, n_trials, T, rng):
    if not isinstance(rng, int):
        rng = 0
    rng = np.random.default_rng(rng)
    states = np.zeros((n_trials, T), dtype=int)
    for n in range(n_trials):
        states[n, 0] = rng.choice(len(psi), p=psi)
        for t in range(1, T):
            states[n, t] = rng.choice(len(psi), p=A[states[n, t - 1]])
    return states
