# Misconception: the best prediction of a noisy count is its mean
# Hint: With one lag the best guess is the mean count after light (2.5) and after dark (0.5).
def predict_spike_counts_lg(stim, spikes, d=25):
    return np.full(len(stim), np.mean(spikes))
