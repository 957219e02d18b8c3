# Misconception: a filter has length 1
# Hint: do not scale it to length 1
def compute_STA(images, spike_counts):
    sta = spike_counts @ images / np.sum(spike_counts)
    return sta / np.linalg.norm(sta)
