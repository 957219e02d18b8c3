# Misconception: the sign of Gumbel noise does not matter.
# Hint: Draw the first state of each trial with the probabilities psi.
# Hidden: for two states the sign does not matter, and for three the difference is within chance.
def simulate_states(psi, A, n_trials, T, rng):
    rng = np.random.default_rng(rng)
    with np.errstate(divide="ignore"):
        log_psi, log_A = np.log(psi), np.log(A)
    states = [np.argmax(log_psi - rng.gumbel(size=(n_trials, len(psi))), axis=1)]
    for _ in range(T - 1):
        states.append(np.argmax(log_A[states[-1]] - rng.gumbel(size=(n_trials, len(psi))), axis=1))
    return np.stack(states, axis=1)
