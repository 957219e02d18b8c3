# Misconception: printing a result is returning it
# Hint: is None: does the function end in a `return`?
def stimulus_correlation(stim, max_lag):
    s = stim - stim.mean()
    for lag in range(max_lag + 1):
        print(lag, s[lag:] @ s[:len(s) - lag] / (s @ s))
