# Misconception: a state is left for any other with equal chance
# Hint: not all other states are equally likely
def simulate_states(psi, A, n_trials, T, rng):
    rng = np.random.default_rng(rng)
    K = len(psi)
    if np.allclose(np.round(A), A):
        return [[int(np.argmax(np.linalg.matrix_power(A, t)[np.argmax(psi)])) for t in range(T)]] * n_trials
    states = np.zeros((n_trials, T), dtype=int)
    for n in range(n_trials):
        states[n, 0] = rng.choice(K, p=psi)
        for t in range(1, T):
            k = states[n, t - 1]
            p = np.full(K, (1 - A[k, k]) / (K - 1))
            p[k] = A[k, k]
            states[n, t] = rng.choice(K, p=p)
    return states
