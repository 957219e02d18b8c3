# Misconception: the spike-triggered average is the least-squares filter, scale included
# Hint: With one lag the best guess is the mean count after light (2.5) and after dark (0.5).
def predict_spike_counts_lg(stim, spikes, d=25):
    X = make_design_matrix(stim, d)
    sta = spikes @ X / np.sum(spikes)
    return np.mean(spikes) + X @ sta
