# Misconception: the mean image has to be taken off
# Hint: Leave the mean image in
def compute_STA(images, spike_counts):
    return spike_counts @ images / np.sum(spike_counts) - images.mean(axis=0)
