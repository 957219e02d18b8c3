# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def simulate_states(psi, A, n_trials, T, rng):
    # YOUR CODE HERE
    raise NotImplementedError()
