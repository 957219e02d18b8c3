# Misconception: lag 0 is trivial and is left out
# Hint: Begin with lag 0, where the correlation is 1.
def stimulus_correlation(stim, max_lag):
    s = stim - stim.mean()
    return np.array([s[lag:] @ s[:-lag] for lag in range(1, max_lag + 1)]) / (s @ s)
