# Misconception: the visible example is the whole task
# Hint: should have shape (100, 20)
def simulate_states(psi, A, n_trials, T, rng):
    return np.array([[2, 3, 0, 1, 2]] * 2)
