# Approach: draws how long a visit lasts, then where it goes
def simulate_states(psi, A, n_trials, T, rng):
    rng = np.random.default_rng(rng)
    out = np.zeros((n_trials, T), int)
    for n in range(n_trials):
        k, t = rng.choice(len(psi), p=psi), 0
        while t < T:
            leave = 1 - A[k, k]
            stay = rng.geometric(leave) if leave > 0 else T
            out[n, t:t + stay] = k
            t += stay
            if leave > 0:
                p = np.array(A[k], dtype=float)
                p[k] = 0
                k = rng.choice(len(psi), p=p / p.sum())
    return out
