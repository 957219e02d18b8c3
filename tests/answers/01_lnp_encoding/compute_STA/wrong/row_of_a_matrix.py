# Misconception: keeps a matrix of one row
# Hint: should have shape
def compute_STA(images, spike_counts):
    return (spike_counts[None, :] @ images) / np.sum(spike_counts)
