# Approach: the weighted mean of NumPy
def compute_STA(images, spike_counts):
    return np.average(images, axis=0, weights=spike_counts)
