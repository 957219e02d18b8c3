# Misconception: there is one transition matrix, the notebook's
# Hint: Use the arguments psi, A, n_trials and T alone.
def simulate_states(psi, A, n_trials, T, rng):
    rng = np.random.default_rng(rng)
    K = len(psi)
    states = np.zeros((n_trials, T), dtype=int)
    for n in range(n_trials):
        states[n, 0] = rng.choice(K, p=psi)
        for t in range(1, T):
            states[n, t] = rng.choice(K, p=A_true[states[n, t - 1]])
    return states
