# Misconception: the number of spikes is that of the notebook
# Hint: Divide by the number of spikes in the argument `spike_counts`.
def compute_STA(images, spike_counts):
    return spike_counts @ images / WN_counts.sum()
