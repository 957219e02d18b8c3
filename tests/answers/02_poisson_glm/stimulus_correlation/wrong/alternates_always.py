# Misconception: every stimulus behaves like the one of the visible example
# Hint: Check each factor of the formula against your code.
def stimulus_correlation(stim, max_lag):
    return np.array([(-1) ** lag for lag in range(max_lag + 1)])
