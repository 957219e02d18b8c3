# Approach: argmax of log probabilities plus Gumbel noise, warnings and all
def simulate_states(psi, A, n_trials, T, rng):
    rng = np.random.default_rng(rng)
    logs = np.log(np.asarray(A, float))
    x = [np.argmax(np.log(np.asarray(psi, float)) + rng.gumbel(size=(n_trials, len(psi))), axis=1)]
    for t in range(T - 1):
        x.append(np.argmax(logs[x[-1]] + rng.gumbel(size=(n_trials, len(psi))), axis=1))
    return np.stack(x, axis=1)
