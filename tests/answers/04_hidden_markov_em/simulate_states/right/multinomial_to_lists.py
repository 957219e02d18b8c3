# Approach: one-hot draws from rng.multinomial, lists of lists, float zeros and a print
def draw(p, rng):
    return int(np.argmax(rng.multinomial(1, p)))


def simulate_states(psi, A, n_trials, T, rng):
    rng = np.random.default_rng(rng)
    trials = []
    for _ in range(n_trials):
        trial = [draw(psi, rng)]
        while len(trial) < T:
            trial.append(draw(A[trial[-1]], rng))
        trials.append(trial)
    print("simulated", n_trials, "trials")
    return trials
