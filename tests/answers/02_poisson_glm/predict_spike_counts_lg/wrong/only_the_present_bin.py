# Misconception: a straight line through counts against the stimulus of the same bin
# Hint: This uses only the present bin: the design matrix has d columns.
def predict_spike_counts_lg(stim, spikes, d=25):
    slope, intercept = np.polyfit(stim, spikes, 1)
    return intercept + slope * stim
