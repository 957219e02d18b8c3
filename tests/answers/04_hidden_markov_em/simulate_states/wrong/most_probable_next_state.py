# Misconception: the next state is the most probable one
# Hint: Every trial should go its own way
def simulate_states(psi, A, n_trials, T, rng):
    rng = np.random.default_rng(rng)
    K = len(psi)
    states = np.zeros((n_trials, T), dtype=int)
    for n in range(n_trials):
        states[n, 0] = np.argmax(psi)
        for t in range(1, T):
            states[n, t] = np.argmax(A[states[n, t - 1]])
    return states
