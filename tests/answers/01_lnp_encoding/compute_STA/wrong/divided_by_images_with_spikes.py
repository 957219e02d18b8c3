# Misconception: divides by the number of images that had spikes
# Hint: Divide by the number of spikes, not by the number of images that had any.
def compute_STA(images, spike_counts):
    return spike_counts @ images / np.sum(spike_counts > 0)
