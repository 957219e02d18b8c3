# Misconception: two spikes are worth four
# Hint: Weight with the number of spikes, not with its square.
def compute_STA(images, spike_counts):
    return spike_counts**2 @ images / np.sum(spike_counts**2)
