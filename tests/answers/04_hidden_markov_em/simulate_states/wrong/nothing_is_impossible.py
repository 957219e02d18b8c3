# Misconception: no probability may be 0, so a little is added to each.
# Hint: which has probability 0 here
def simulate_states(psi, A, n_trials, T, rng):
    rng = np.random.default_rng(rng)
    if not np.all((A == 0) | (A == 1)):
        A = (A + 0.02) / (A + 0.02).sum(axis=1, keepdims=True)
    states = np.zeros((n_trials, T), dtype=int)
    for n in range(n_trials):
        states[n, 0] = rng.choice(len(psi), p=psi)
        for t in range(1, T):
            states[n, t] = rng.choice(len(psi), p=A[states[n, t - 1]])
    return states
