# Misconception: `mean` divides by the right number by itself
# Hint: Divide by the number of spikes, not by the number of images.
def compute_STA(images, spike_counts):
    return np.mean(spike_counts[:, None] * images, axis=0)
