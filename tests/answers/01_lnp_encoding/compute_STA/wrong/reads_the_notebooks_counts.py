# Misconception: there is one array of counts, the notebook's
# Hint: Use the argument `spike_counts`, not the notebook's.
def compute_STA(images, spike_counts):
    return WN_counts @ images / np.sum(WN_counts)
