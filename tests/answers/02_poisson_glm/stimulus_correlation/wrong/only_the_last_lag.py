# Misconception: the function returns the value at one lag
# Hint: Return one value for each lag from 0 to max_lag
def stimulus_correlation(stim, max_lag):
    s = stim - stim.mean()
    return s[max_lag:] @ s[:len(s) - max_lag] / (s @ s)
