# Misconception: the argument may be tidied up in place
# Hint: Your function changed its input `psi` in place.
def simulate_states(psi, A, n_trials, T, rng):
    rng = np.random.default_rng(rng)
    K = len(psi)
    psi[:] = np.round(psi)
    psi[np.argmax(psi)] += 1 - psi.sum()
    states = np.zeros((n_trials, T), dtype=int)
    for n in range(n_trials):
        states[n, 0] = rng.choice(K, p=psi)
        for t in range(1, T):
            states[n, t] = rng.choice(K, p=A[states[n, t - 1]])
    return states
