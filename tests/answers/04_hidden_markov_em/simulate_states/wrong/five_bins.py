# Misconception: T is what the example has
# Hint: should have shape (100, 20)
def simulate_states(psi, A, n_trials, T, rng):
    rng = np.random.default_rng(rng)
    K, T = len(psi), 5
    states = np.zeros((n_trials, T), dtype=int)
    for n in range(n_trials):
        states[n, 0] = rng.choice(K, p=psi)
        for t in range(1, T):
            states[n, t] = rng.choice(K, p=A[states[n, t - 1]])
    return states
