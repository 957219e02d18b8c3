# Misconception: the first states may have random numbers of their own.
# Hint: Another seed gives the same states, or the same first states
def simulate_states(psi, A, n_trials, T, rng):
    rng, own = np.random.default_rng(rng), np.random.default_rng(0)
    states = np.zeros((n_trials, T), dtype=int)
    for n in range(n_trials):
        states[n, 0] = own.choice(len(psi), p=psi)
        for t in range(1, T):
            states[n, t] = rng.choice(len(psi), p=A[states[n, t - 1]])
    return states
