# Approach: loops over lags and bins in plain Python, returns a list
def stimulus_correlation(stim, max_lag):
    T = len(stim)
    mean = sum(float(s) for s in stim) / T
    c = [float(s) - mean for s in stim]
    bottom = sum(v * v for v in c)
    r = []
    for lag in range(max_lag + 1):
        top = 0.0
        for t in range(lag, T):
            top += c[t] * c[t - lag]
        r.append(top / bottom)
    return r
